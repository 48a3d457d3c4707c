-- 480 products, their variants, and what each has cost since it was launched.

create temporary table draft_product on commit drop as
select
  (plan.category_id - 10) * 20 + n as id,
  plan.*,
  category.name as category,
  root.name = 'Outdoor' as outdoor,
  plan.brands[1 + n % cardinality(plan.brands)] as brand_id,
  plan.nouns[1 + n % cardinality(plan.nouns)] as noun,
  plan.materials[1 + n % cardinality(plan.materials) : 1 + n % cardinality(plan.materials) + n % 2] as made_of,
  model.words[1 + (n * 7 + plan.category_id * 11) % cardinality(model.words)] as model,
  plan.lowest_price
    + pg_temp.draw(plan.category_id * 20 + n, 1, plan.highest_price - plan.lowest_price)
    * pg_temp.draw(plan.category_id * 20 + n, 2, 100) / 100 as list_price
from category_plan plan
join catalog.categories category on category.id = plan.category_id
join catalog.categories department on department.id = category.parent_id
join catalog.categories root on root.id = department.parent_id
cross join generate_series(1, 20) n
cross join lateral (
  select string_to_array(
    case root.name
      when 'Outdoor' then
        'Rondane,Stubai,Dovre,Padjelanta,Vercors,Triglav,Lofoten,Ortler,Skarvet,Cevennes,Halden,Pindos,Vinje,Ardenne,'
        'Tarfala,Jotun,Bregenz,Connemara,Hornstrand,Kebne,Lysefjord,Marmolada,Nordkapp,Ötztal,Picos,Queyras,Røros,'
        'Senja,Tarn,Ulvik,Vardø,Wetterstein,Aran,Bieszczady,Engadin,Finse,Glencoe,Hardanger,Inari,Kaisergebirge'
      else
        'Elin,Maren,Delft,Linnea,Alba,Ribe,Solveig,Siena,Lund,Odile,Greta,Zeeland,Nora,Visby,Arles,Ida,Haarlem,Bruna,'
        'Sylt,Tove,Amalie,Cadiz,Dagny,Fanø,Hedda,Jonna,Kinsale,Lotta,Mira,Nantes,Olivia,Porto,Runa,Saga,Tilda,'
        'Ulla,Veere,Wilma,Ystad,Zora'
    end, ',') as words
) model;

insert into catalog.products (
  id, category_id, brand_id, name, slug, description, materials, seasons, attributes, care, comfort_celsius, warranty,
  launched_on, discontinued_on, created_at, updated_at
)
select
  id, category_id, brand_id,
  model || ' ' || noun,
  regexp_replace(pg_temp.ascii(replace(model || '-' || noun, ' ', '-')), '[^a-z0-9-]', '', 'g'),
  format(
    '%s in %s. %s %s', noun, array_to_string(made_of, ' and '),
    pg_temp.pick(case when outdoor then array[
      'Light enough for a long weekend, tough enough for a long winter.', 'At home above the tree line.',
      'Goes from the train to the ridge.', 'Tested for a season by hut wardens.', 'Made for days that start before sunrise.',
      'Nothing on it that could break.', 'The one that stays in the pack all year.'
    ] else array[
      'Grows more handsome with every year of use.', 'A quiet shape that goes with what you have.',
      'Heavy in the hand, easy on the eye.', 'Stands on the table as well as on the shelf.',
      'Made in small batches, so no two are quite alike.', 'The one that guests ask about.', 'Simple, and finished with care.'
    ] end, id, 3),
    pg_temp.pick(array[
      'Spare parts are kept for ten years.', 'Comes in a plain cardboard box without plastic.', 'Repaired free of charge in the first two years.',
      'Part of the range since its first catalogue.', 'Our staff’s favourite.', 'Checked by hand before it leaves us.'
    ], id, 4)
  ),
  made_of,
  case
    when not outdoor and category <> 'Garden Tools' then '{}'
    when pg_temp.draw(id, 5, 4) = 0 then '{spring,summer,autumn,winter}'
    when pg_temp.draw(id, 5, 4) = 1 then '{autumn,winter}'
    when pg_temp.draw(id, 5, 4) = 2 then '{spring,summer}'
    else '{spring,summer,autumn}'
  end::catalog.season[],
  jsonb_strip_nulls(jsonb_build_object(
    'recycled_percent', nullif(pg_temp.draw(id, 6, 5) * 20, 0),
    'water_column_mm', case when code in ('TEN', 'JKT') then 3000 + pg_temp.draw(id, 7, 8) * 1000 end,
    'sleeps', case when code = 'TEN' then 1 + pg_temp.draw(id, 8, 5) end,
    'dishwasher', case when code in ('TBL', 'COF', 'PAN') then pg_temp.draw(id, 9, 3) > 0 end,
    'labels', case
      when code in ('TEN', 'JKT', 'BPK', 'SLB') then jsonb_build_array('pfas free', 'fair wear')
      when code in ('WOL', 'HAT', 'THR', 'BED', 'TOW') then jsonb_build_array('organic', 'mulesing free')
      when pg_temp.draw(id, 18, 4) = 0 then jsonb_build_array('handmade')
    end
  )),
  case when options in ('size', 'bed', 'length') then public.hstore(array['wash', '30 °C', 'tumble dry', 'no', 'iron', 'low']) end,
  case when code = 'SLB' then int4range(-14 + pg_temp.draw(id, 10, 18), 8 + pg_temp.draw(id, 11, 12)) end,
  case when list_price > 150 then interval '5 years' else interval '2 years' end,
  launched.day,
  case when pg_temp.draw(id, 12, 40) = 0 then date '2025-06-01' end,
  launched.day + time '08:00',
  launched.day + time '08:00' + interval '1 hour' * pg_temp.draw(id, 13, 600)
from draft_product
cross join lateral (
  select case pg_temp.draw(id, 14, 10)
    when 0 then date '2024-03-04' + 7 * pg_temp.draw(id, 15, 60)
    else date '2016-03-01' + pg_temp.draw(id, 15, 2600)
  end as day
) launched
order by id;

create temporary table draft_variant on commit drop as
select
  row_number() over (order by product.id, option.position)::integer as id,
  product.id as product_id, product.code, product.outdoor, product.list_price + option.extra_price as list_price,
  product.weight_g * (80 + pg_temp.draw(product.id, 16, 60)
    + case when option.axis = 'colour' then 0 else 4 * option.position end) / 100 as weight_g,
  option.name as option_name, option.value as option_value, option.code as option_code
from draft_product product
join option_plan option on option.axis = product.options
where option.axis <> 'colour' or (option.position + product.id) % 5 < 2 + pg_temp.draw(product.id, 17, 2);

-- A price list per product, in per cent of its first price; the black week of 2024 goes down and up again.
create temporary table price_step on commit drop as
with product as (
  select
    id as product_id,
    greatest(launched_on, date '2023-01-02') as launched_on,
    greatest(launched_on, date '2023-01-02') < date '2024-02-01' and pg_temp.draw(id, 20, 100) < 45 as increased,
    104 + pg_temp.draw(id, 21, 9) as increased_percent,
    launched_on < date '2024-11-01' and pg_temp.draw(id, 22, 100) < 25 as reduced
  from catalog.products
)
select product_id, launched_on as starts_on, 100 as percent, 'launch price' as reason from product
union all
select product_id, date '2024-02-01' + pg_temp.draw(product_id, 23, 260), increased_percent, 'supplier increase'
from product where increased
union all
select product_id, date '2024-11-22', case when increased then increased_percent else 100 end * 85 / 100, 'black week'
from product where reduced
union all
select product_id, date '2024-12-03', case when increased then increased_percent else 100 end, 'black week over'
from product where reduced
union all
select product_id, date '2025-03-03', case when increased then increased_percent else 100 end + 3, 'spring price list'
from product where launched_on < date '2025-02-01' and pg_temp.draw(product_id, 24, 100) < 18;

create temporary table draft_price on commit drop as
select variant_id, daterange(starts_on, lead(starts_on) over (partition by variant_id order by starts_on)) as valid, price, reason
from (
  select
    variant.id as variant_id, step.starts_on, step.reason, price.amount as price,
    lag(price.amount) over (partition by variant.id order by step.starts_on) as price_before
  from draft_variant variant
  join price_step step using (product_id)
  cross join lateral (select round(variant.list_price * step.percent / 100.0) - 0.05 as amount) price
) steps
where price is distinct from price_before;

insert into catalog.product_variants (
  id, product_id, sku, option_name, option_value, price, weight_g, packed_size, barcode, active, updated_at
)
select
  variant.id, variant.product_id,
  format('%s-%s-%s', variant.code, to_char(variant.product_id, 'FM0000'), variant.option_code),
  variant.option_name, variant.option_value, last_price.price, variant.weight_g,
  row(side.cm * 2, side.cm, greatest(2, side.cm / 2))::catalog.dimensions,
  ean.stem || (10 - ean.weighted % 10) % 10,
  product.discontinued_on is null,
  lower(last_price.valid) + time '06:00'
from draft_variant variant
join catalog.products product on product.id = variant.product_id
join draft_price last_price on last_price.variant_id = variant.id and upper_inf(last_price.valid)
cross join lateral (select 8 + variant.weight_g / 250 + pg_temp.draw(variant.product_id, 25, 8) as cm) side
cross join lateral (
  select stem, sum(substr(stem, digit, 1)::integer * case digit % 2 when 0 then 3 else 1 end) as weighted
  from (select '2004' || to_char(10300000 + variant.id * 37, 'FM00000000') as stem) number
  cross join generate_series(1, 12) digit
  group by stem
) ean
order by variant.id;

insert into catalog.price_history (variant_id, valid, price, reason)
select variant_id, valid, price, reason from draft_price order by variant_id, valid;

-- To each product something else like it, and something that goes with it from the same department: 20 products
-- make a category, 240 a department.
insert into catalog.product_relations (product_id, related_id, kind)
select id, (id - 1) / 20 * 20 + 1 + (id + pg_temp.draw(id, 26, 19)) % 20, 'alternative'::catalog.relation_kind
from catalog.products
union all
select id, (id - 1) / 240 * 240 + 1 + (id + 19 + pg_temp.draw(id, 27, 200)) % 240, 'accessory'
from catalog.products
order by 1, 2;

analyze catalog.products, catalog.product_variants, catalog.price_history;
