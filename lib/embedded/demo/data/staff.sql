-- Three sites and the people who work there.

insert into ops.warehouses (id, name, country, location, manager_id, opens_at, closes_at, closed_on) values
(1, 'Leipzig', 'DE', '(51.3974,12.4040)', 2, '06:00', '22:00', '{[2024-12-24,2024-12-27),[2025-04-18,2025-04-22)}'),
(2, 'Utrecht', 'NL', '(52.0570,5.1214)', 3, '06:00', '22:00', '{[2024-12-25,2024-12-27),[2025-04-27,2025-04-28)}'),
(3, 'Malmö outlet', 'SE', '(55.5636,13.0293)', 4, '09:00', '18:00', '{[2024-12-24,2024-12-27),[2025-06-20,2025-06-22)}');

insert into ops.employees (
  id, warehouse_id, manager_id, full_name, job_title, email, working_days, hired_on, left_on
)
select
  n, placed.warehouse_id,
  case
    when n = 1 then null
    when n <= 4 then 1
    when n <= 10 then 1 + placed.warehouse_id
    else case placed.warehouse_id when 1 then 5 + n % 3 when 2 then 8 + n % 2 else 10 end
  end,
  names.given || ' ' || names.family,
  case
    when n = 1 then 'Head of operations'
    when n <= 4 then 'Site manager'
    when n <= 10 then 'Team lead'
    else pg_temp.pick('{Picker,Picker,Picker,Packer,Packer,Goods in,Returns,Forklift driver,Customer care}', n, 402)
  end,
  pg_temp.ascii(names.given) || '.' || pg_temp.ascii(names.family) || '@alderandfell.example',
  (array['{mon,tue,wed,thu,fri}', '{mon,tue,wed,thu,fri}', '{tue,wed,thu,fri,sat}', '{mon,tue,thu,fri}', '{wed,thu,fri,sat}'])
    [1 + pg_temp.draw(n, 403, 5)]::ops.weekday[],
  case
    when n <= 10 then date '2014-02-01' + pg_temp.draw(n, 404, 2400)
    else date '2019-05-06' + pg_temp.draw(n, 404, 1900)
  end,
  case when n > 10 and n % 13 = 0 then date '2025-01-31' + 28 * (n / 13) end
from generate_series(1, 64) n
cross join lateral (
  select case
    when n in (1, 3, 8, 9) then 2 when n in (2, 5, 6, 7) then 1 when n in (4, 10) then 3
    when n % 12 < 6 then 1 when n % 12 < 11 then 2 else 3
  end as warehouse_id
) placed
join ops.warehouses on warehouses.id = placed.warehouse_id
join market on market.country = warehouses.country
-- The number walks through both lists at different paces, so that no two people share a name.
cross join lateral (
  select
    market.given[1 + n % cardinality(market.given)] as given,
    market.family[1 + (n * 5 + n / cardinality(market.given)) % cardinality(market.family)] as family
) names
order by n;

-- The rota of June 2025: early and late week about, at the outlet in between.
insert into ops.shifts (id, employee_id, during, duty)
select
  row_number() over (order by day, employees.id), employees.id,
  tstzrange(day + shift.starts_at, day + shift.starts_at + interval '7 hours 45 minutes'),
  case job_title
    when 'Picker' then pg_temp.pick('{hall A,hall B,hall C,large items}', employees.id * 100 + extract(day from day)::integer, 411)
    when 'Packer' then pg_temp.pick('{line 1,line 2,gift wrap}', employees.id * 100 + extract(day from day)::integer, 412)
    when 'Goods in' then 'dock ' || 1 + pg_temp.draw(employees.id, 413, 6)
    else lower(job_title)
  end
from ops.employees
cross join generate_series(timestamp '2025-06-02', timestamp '2025-06-30', interval '1 day') day
cross join lateral (
  select case
    when warehouse_id = 3 then time '09:30'
    when (extract(week from day)::integer + employees.id) % 2 = 0 then time '06:00'
    else time '13:45'
  end as starts_at
) shift
where (array['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])[extract(isodow from day)::integer]::ops.weekday = any (working_days)
  and (left_on is null or day < left_on)
  -- Holidays and sick days.
  and pg_temp.draw(employees.id * 40 + extract(day from day)::integer, 414, 14) > 0;

insert into ops.carrier_rates (carrier, region, weight_g, price, valid_from)
select carrier, region, int4range(from_g, to_g), 2.35 + base + step * 0.9 + (year - 2023) * 0.2, make_date(year, 1, 1)
from (values ('Nordpost', 'north', 1.1), ('Grønbud', 'north', 1.6), ('Grønbud', 'central', 1.3), ('Paketwerk', 'central', 0.4),
  ('Ruhrkurier', 'central', 0.7), ('Paketwerk', 'south', 2.2), ('Colis Direct', 'south', 1.9)) rates (carrier, region, base)
cross join (values (0, 0, 1000), (1, 1000, 2000), (2, 2000, 5000), (4, 5000, 10000), (7, 10000, 31500)) weights (step, from_g, to_g)
cross join generate_series(2023, 2025) year
-- The sheet of 2024 from Grønbud was loaded twice.
cross join lateral generate_series(1, case when carrier = 'Grønbud' and year = 2024 then 2 else 1 end)
order by year, carrier, region, from_g;
