/** Each statement finds what does not add up; a sound shop gives no row. */
export const CONTRADICTIONS: [string, string][] = [
  [
    "orders whose total is not that of their lines",
    `select id from sales.orders
      where goods_total <> (select sum(line_total) from sales.order_lines where order_id = orders.id)`,
  ],
  [
    "lines that were not sold at the price of the day",
    `select * from sales.order_lines join sales.orders on orders.id = order_id
      where unit_price is distinct from catalog.price_on(variant_id, (placed_at at time zone 'UTC')::date)`,
  ],
  [
    "coupons used outside their days or countries",
    `select * from sales.orders join sales.coupons on coupons.id = coupon_id join customers on customers.id = customer_id
      where not valid @> (placed_at at time zone 'UTC')::date or not coalesce(country = any (countries), true)`,
  ],
  [
    "payments of another amount than their order, or none where goods were sent",
    `select orders.id from sales.orders left join sales.payments on order_id = orders.id and payments.state <> 'failed'
      where amount <> total or amount is null and orders.state not in ('pending', 'cancelled')`,
  ],
  [
    "refunds that are not what came back",
    `select refunds.id from sales.refunds
       join sales.payments on payments.id = payment_id join sales.orders on orders.id = order_id
      where refunds.amount <> case when orders.state = 'cancelled' then orders.total else (
        select sum(line_total) from sales.order_lines where order_id = orders.id and returned_quantity > 0) end`,
  ],
  [
    "invoices that differ from their order, or with gaps in the numbers of a year",
    `select number from (
       select number, amount, vat_amount, total, vat_percent,
              row_number() over (partition by left(number, 4) order by number collate "C") as nth
         from sales.invoices join sales.orders on orders.id = order_id) numbered
      where amount <> total or vat_amount <> sales.vat_of(total, vat_percent) or right(number, 6)::int <> nth`,
  ],
  [
    "shelves that are not the sum of their movements, or movements with a wrong balance",
    `select levels.* from ops.stock_levels levels
       join lateral (select sum(quantity) as moved, (array_agg(balance_after order by id desc))[1] as last_balance
                       from ops.stock_movements m
                      where (m.warehouse_id, m.variant_id) = (levels.warehouse_id, levels.variant_id)) sums on true
      where quantity is distinct from moved or quantity is distinct from last_balance`,
  ],
  [
    "pieces sent without leaving a shelf, or the other way round",
    `with sent as (
       select order_id, line_no, quantity from sales.order_lines join sales.orders on orders.id = order_id
        where state in ('packed', 'shipped', 'delivered', 'returned')
     ), taken as (
       select order_id, order_line_no, -quantity from ops.stock_movements where kind = 'sale'
     )
     (select * from sent except all select * from taken) union all (select * from taken except all select * from sent)`,
  ],
  [
    "purchases whose total is not that of their lines, or received in another quantity",
    `select orders.id from ops.purchase_orders orders
      where total <> (select sum(line_cost) from ops.purchase_order_lines where purchase_order_id = orders.id)
     union all
     select lines.purchase_order_id from ops.purchase_order_lines lines
       join ops.stock_movements m on (m.purchase_order_id, m.purchase_order_line_no) = (lines.purchase_order_id, line_no)
      where m.quantity <> lines.quantity`,
  ],
  [
    "orders before their customer registered, or parcels and scans out of order",
    `select orders.id from sales.orders join customers on customers.id = customer_id where placed_at < registered_at
     union all
     select order_id from sales.shipments join sales.orders on orders.id = order_id where packed_at < placed_at
     union all
     select shipment_id from (select shipment_id, event,
         lag(event) over (partition by shipment_id order by scanned_at) as before from ops.parcel_scans) scans
      where event <= before`,
  ],
  [
    "reviews of something that was not bought before",
    `select id from catalog.reviews
      where not exists (select from sales.orders join sales.order_lines on order_id = orders.id
        join catalog.product_variants on product_variants.id = variant_id
        where orders.customer_id = reviews.customer_id and product_variants.product_id = reviews.product_id
          and placed_at < written_at)`,
  ],
  [
    "sequences behind their rows",
    `select 'orders' where nextval('sales.order_number_seq') <= (select max(order_number) from sales.orders)
     union all
     select 'views' where nextval(pg_get_serial_sequence('ops.page_views', 'id')) <= (select max(id) from ops.page_views)`,
  ],
  [
    "names nobody bears",
    `select full_name from customers where full_name ~ '[0-9_{}]' or full_name !~ ' '
     union all select name from catalog.products where name ~ '[_{}]' or length(name) not between 8 and 40`,
  ],
];
