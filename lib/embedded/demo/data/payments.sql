-- What was paid, what was given back, and the invoices. Uses the orders still at hand from orders.sql.

create temporary table settled on commit drop as
select
  placed_order.*, orders.total, orders.vat_percent, orders.updated_at,
  -- Half of what is cancelled was never paid.
  placed_order.state <> 'pending'
    and (placed_order.state <> 'cancelled' or pg_temp.draw(placed_order.id, 301, 2) = 0) as paid,
  case placed_order.state
    when 'cancelled' then orders.total
    when 'returned' then (
      select sum(line_total) from sales.order_lines
      where order_lines.order_id = placed_order.id and returned_quantity > 0
    )
  end as given_back
from placed_order
join sales.orders using (id);

analyze settled;

insert into sales.payments (id, order_id, method, state, amount, reference, attempted_at, failure)
overriding system value
select
  row_number() over (order by attempted_at, order_id), order_id, method, state, total,
  format('%s-%s-%s', upper(left(method::text, 2)), to_char(attempted_at, 'YYMMDD'), to_char(order_id * 10 + attempt, 'FM000000')),
  attempted_at, failure
from (
  select
    id as order_id, method, total, 1 as attempt, 'failed'::sales.payment_state as state,
    placed_at + interval '9 seconds' as attempted_at,
    pg_temp.pick(array['card declined', 'insufficient funds', 'strong authentication abandoned', 'expired card'], id, 302) as failure
  from settled
  where state = 'cancelled' and not paid or paid and pg_temp.draw(id, 303, 100) < 4
  union all
  select
    id, method, total, 2,
    case when given_back = total then 'refunded' when given_back > 0 then 'partly refunded' else 'captured' end::sales.payment_state,
    paid_at, null
  from settled
  where paid
) attempts;

insert into sales.refunds (id, payment_id, reason, amount, refunded_at, approved_by)
overriding system value
select
  row_number() over (order by settled.updated_at, settled.id), payments.id,
  case settled.state
    when 'cancelled' then 'cancelled'
    else pg_temp.pick('{too small,too large,damaged,changed mind,changed mind}', settled.id, 304)
  end::sales.refund_reason,
  settled.given_back, settled.updated_at, 5 + pg_temp.draw(settled.id, 305, 4)
from settled
join sales.payments on payments.order_id = settled.id and payments.state <> 'failed'
where settled.given_back > 0;

insert into sales.invoices (number, order_id, issued_on, amount, vat_amount, document_sha256)
select
  number, id, shipped_at::date, total, round(total * vat_percent / (100 + vat_percent), 2),
  sha256(convert_to(number || '/' || id || '/' || total, 'UTF8'))
from (
  select
    *,
    to_char(shipped_at, 'YYYY-')
      || to_char(row_number() over (partition by extract(year from shipped_at) order by shipped_at, id), 'FM000000') as number
  from settled
  where state in ('shipped', 'delivered', 'returned')
) invoiced
order by number collate "C";

-- A point for every ten euro that was kept.
update public.customers
set loyalty_points = earned.points
from (
  select customer_id, floor(sum(total) / 10)::integer as points
  from sales.orders where state = 'delivered' group by 1
) earned
where earned.customer_id = customers.id;
