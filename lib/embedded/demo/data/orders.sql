-- 18 months of orders: busy before Christmas, quiet in February, growing from year to year.

insert into sales.coupons (id, code, discount_percent, valid, countries, maximum_uses) values
(1, 'WELCOME10', 10, '[2023-01-01,)', null, null),
(2, 'SPRING24', 12.5, '[2024-03-18,2024-04-15)', null, 500),
(3, 'MIDSOMMAR', 15, '[2024-06-17,2024-06-25)', '{SE,DK}', 200),
(4, 'HUTTENZEIT', 10, '[2024-07-01,2024-08-01)', '{DE,AT}', 300),
(5, 'RENTREE24', 10, '[2024-08-26,2024-09-15)', '{FR}', 200),
(6, 'SINTERKLAAS', 12.5, '[2024-11-25,2024-12-06)', '{NL}', 250),
(7, 'ADVENT24', 10, '[2024-12-01,2024-12-25)', null, 800),
(8, 'WINTER25', 15, '[2025-01-07,2025-02-01)', null, 400),
(9, 'SANPATRICIO', 10, '[2025-03-14,2025-03-20)', '{IE,ES}', 100),
(10, 'SPRING25', 12.5, '[2025-03-17,2025-04-14)', null, 500),
(11, 'FERRAGOSTO25', 15, '[2025-08-01,2025-08-20)', '{IT}', 150),
(12, 'SUMMER25', 10, '[2025-06-02,2025-07-01)', null, 600);

create temporary table draft_order on commit drop as
with months as (
  select month, orders, date '2024-01-01' + make_interval(months => month::integer - 1) as starts_at
  from unnest(array[
    150, 130, 160, 180, 210, 230, 240, 200, 210, 230, 330, 400,
    190, 170, 210, 250, 290, 320
  ]) with ordinality as busy (orders, month)
), placed as (
  select
    month * 1000 + n as key,
    starts_at + (extract(day from starts_at + interval '1 month - 1 day')::integer * (n - 1) / orders) * interval '1 day'
      + (array[7, 8, 9, 10, 11, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 20, 20, 21, 21, 22, 22, 23])
        [1 + pg_temp.draw(month * 1000 + n, 201, 23)] * interval '1 hour'
      + pg_temp.draw(month * 1000 + n, 202, 3600) * interval '1 second' as placed_at
  from months cross join generate_series(1, orders) n
), registered as (
  select array_agg(registered_at order by id) as moments from public.customers
)
select
  row_number() over (order by placed_at, key)::integer as id,
  placed_at at time zone 'UTC' as placed_at,
  -- Early customers come back the most.
  1 + pg_temp.draw(key, 203, known.customers) * (20 + pg_temp.draw(key, 204, 80)) / 100 as customer_id
from placed
cross join registered
cross join lateral (select width_bucket(placed_at at time zone 'UTC', moments) as customers) known;

analyze draft_order;

-- Two draws multiplied make a few best sellers and a long tail; 577 spreads them over the categories.
create temporary table basket on commit drop as
select distinct on (order_id, variant_id) order_id, n, variant_id
from (
  select
    draft_order.id as order_id, n,
    1 + (pg_temp.draw(draft_order.id * 8 + n, 211, count) * pg_temp.draw(draft_order.id * 8 + n, 212, count) / count) * 577 % count
      as variant_id
  from draft_order
  cross join (select count(*)::integer as count from catalog.product_variants) variants
  cross join lateral generate_series(1, (array[1, 1, 1, 2, 2, 2, 2, 3, 3, 4, 5])[1 + pg_temp.draw(draft_order.id, 210, 11)]) n
) drawn
order by order_id, variant_id, n;

analyze basket;

create temporary table draft_line on commit drop as
select
  basket.order_id,
  row_number() over (partition by basket.order_id order by basket.n)::smallint as line_no,
  basket.variant_id, price.price as unit_price,
  case
    when price.price > 100 then 1
    when price.price > 30 then 1 + pg_temp.draw(basket.order_id * 8 + n, 213, 6) / 5
    else (array[1, 1, 1, 2, 2, 4, 6])[1 + pg_temp.draw(basket.order_id * 8 + n, 214, 7)]
  end as quantity
from basket
join draft_order on draft_order.id = basket.order_id
join catalog.price_history price
  on price.variant_id = basket.variant_id and price.valid @> draft_order.placed_at::date;

analyze draft_line;

-- An order whose every product was launched later falls away here; the rest is numbered without gaps.
-- What has happened to an order follows from its times: the data is as of half past nine on 1 July 2025.
create temporary table placed_order on commit drop as
with timed as (
  select
    draft.*, customer.country,
    pg_temp.draw(draft.id, 221, 100) as fate,
    (pg_temp.pick(case customer.country
      when 'NL' then '{ideal,ideal,ideal,card,klarna}'
      when 'DE' then '{paypal,paypal,klarna,card,sepa transfer}'
      when 'AT' then '{paypal,klarna,card,sepa transfer}'
      else '{card,card,card,paypal,klarna}'
    end::text[], draft.id, 222))::sales.payment_method as method,
    draft.placed_at + (15 + pg_temp.draw(draft.id, 223, 160)) * interval '1 second' as paid_at,
    packing.day + time '06:30' + pg_temp.draw(draft.id, 224, 20000) * interval '1 second' as packed_at,
    packing.day + time '16:30' + pg_temp.draw(draft.id, 225, 2400) * interval '1 second' as shipped_at,
    delivery.day + time '08:40' + pg_temp.draw(draft.id, 226, 32000) * interval '1 second' as delivered_at
  from draft_order draft
  join public.customers customer on customer.id = draft.customer_id
  join public.countries country on country.code = customer.country
  cross join lateral (select pg_temp.workday(draft.placed_at::date + 1) as day) packing
  cross join lateral (
    select pg_temp.workday(packing.day + lower(country.delivery_days)
      + pg_temp.draw(draft.id, 227, upper(country.delivery_days) - lower(country.delivery_days))) as day
  ) delivery
  where exists (select from draft_line where draft_line.order_id = draft.id)
), decided as (
  select
    timed.*,
    delivered_at + (4 + pg_temp.draw(id, 228, 11)) * interval '23 hours' as returned_at,
    case
      when placed_at > '2025-06-30 12:00' and fate < 40 then 'pending'
      when fate >= 95 and packed_at < '2025-07-01 09:30' then 'cancelled'
      when packed_at > '2025-07-01 09:30' then 'paid'
      when shipped_at > '2025-07-01 09:30' then 'packed'
      when delivered_at > '2025-07-01 09:30' then 'shipped'
      when delivered_at < '2025-06-10' and fate < 7 then 'returned'
      else 'delivered'
    end::sales.order_state as state
  from timed
)
select
  row_number() over (order by decided.id)::integer as id, decided.id as draft_id,
  customer_id, country, placed_at, paid_at, packed_at, shipped_at, delivered_at, returned_at, method, state,
  coupon.id as coupon_id, coalesce(coupon.discount_percent, 0) as discount_percent
from decided
left join lateral (
  select coupons.id, coupons.discount_percent
  from sales.coupons
  where coupons.valid @> decided.placed_at::date
    and (coupons.countries is null or decided.country = any (coupons.countries))
    and pg_temp.draw(decided.id * 16 + coupons.id, 229, 100) < 14
  order by coupons.id desc
  limit 1
) coupon on true;

analyze placed_order;

create temporary table placed_line on commit drop as
select
  placed_order.id as order_id, line.line_no, line.variant_id, line.quantity, line.unit_price,
  round(line.quantity * line.unit_price * placed_order.discount_percent / 100, 2) as discount,
  case
    when placed_order.state = 'returned' and (line.line_no = 1 or pg_temp.draw(line.order_id * 8 + line.line_no, 230, 2) = 0)
    then line.quantity else 0
  end as returned_quantity
from draft_line line
join placed_order on placed_order.draft_id = line.order_id;

analyze placed_line;

insert into sales.orders (
  id, order_number, customer_id, address_no, coupon_id, state, goods_total, shipping_fee, vat_percent, placed_at, updated_at, note
)
select
  placed_order.id, 500000 + 7 * placed_order.id, placed_order.customer_id,
  case when pg_temp.draw(placed_order.id, 231, 4) = 0 then addresses.count else 1 end,
  placed_order.coupon_id, placed_order.state, goods.total,
  case when goods.total >= country.free_shipping_from then 0 else country.shipping_fee end,
  country.vat_percent, placed_order.placed_at,
  case placed_order.state
    when 'pending' then placed_order.placed_at
    when 'paid' then placed_order.paid_at
    when 'packed' then placed_order.packed_at
    when 'shipped' then placed_order.shipped_at
    when 'delivered' then placed_order.delivered_at
    when 'returned' then placed_order.returned_at
    else placed_order.placed_at + (8 + pg_temp.draw(placed_order.id, 232, 280)) * interval '1 minute'
  end,
  pg_temp.pick(array[
    null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
    'Please ring at the back door.', 'It is a present: no invoice in the parcel, please.',
    'Leave it with the neighbour on the left.', 'No hurry.'
  ], placed_order.id, 233)
from placed_order
join public.countries country on country.code = placed_order.country
join (select order_id, sum(quantity * unit_price - discount) as total from placed_line group by 1) goods
  on goods.order_id = placed_order.id
join (select customer_id, count(*) as count from public.addresses group by 1) addresses using (customer_id)
order by placed_order.id;

insert into sales.order_lines (order_id, line_no, variant_id, quantity, unit_price, discount, returned_quantity)
select order_id, line_no, variant_id, quantity, unit_price, discount, returned_quantity
from placed_line
order by order_id, line_no;

analyze sales.orders, sales.order_lines;
