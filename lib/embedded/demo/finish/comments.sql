-- What a newcomer asks.

comment on schema catalog is 'What Alder & Fell sells';
comment on schema sales is 'Orders, money and parcels';
comment on schema ops is 'Sites, people, stock and what is recorded along the way';

comment on type sales.order_state is 'In the order in which an order goes through them; cancelled may come at any time before packed';
comment on domain catalog.sku is 'Category, product and option, as on the shelf label';
comment on sequence sales.order_number_seq is 'Goes up in sevens, so that nobody outside can count a day''s orders';

comment on table catalog.price_history is 'What a variant cost on a day; two prices for one day cannot be stored';
comment on table public.customers is 'Everyone with an account, also those who asked to be forgotten (deleted_at)';
comment on column public.customers.loyalty_points is 'One per ten euro of delivered orders';
comment on table public."NewsletterOptIn" is 'From the newsletter tool of 2022. Column names are as they came: "Don''t rename!" (Marijke)';
comment on column public."NewsletterOptIn"."IP Address" is 'Proof of consent';
comment on table sales.orders is 'Amounts in euro, VAT included';
comment on column sales.orders.goods_total is 'Sum of the lines after discount';
comment on constraint orders_delivery_address_fkey on sales.orders is 'An address that was delivered to cannot be deleted';
comment on table ops.stock_movements is 'Every piece that came or went; stock_levels is their sum';
comment on table ops.carrier_rates is E'As sent by the carriers.\nNo key: some sheets were loaded twice.';
comment on table ops.recall_notices is 'Empty, and may it stay so';
comment on table ops.page_views is 'One partition a month';
comment on table ops.parcel_scans is 'By region, then by year';

comment on index catalog.products_name_trigram_idx is 'Search box: finds tents for "tetn"';
comment on function catalog.find_products(text, integer) is 'Search by words and by likeness';
comment on procedure ops.transfer_stock(integer, integer, integer, integer) is 'Moves pieces between two sites';
comment on trigger total_matches_lines on sales.order_lines is 'Checked at commit, when all lines are there';
comment on policy own_site on ops.employees is 'set shop.warehouse = 1 shows Leipzig';
comment on view ops.low_stock is 'Read by purchasing every Monday';
comment on materialized view sales.monthly_revenue is 'Refreshed every night';
comment on statistics public.addresses_place is 'A postcode has one city';
