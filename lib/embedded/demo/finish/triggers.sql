-- Made last: the data above is history, and keeps its own times.

create trigger touch before update on public.customers
  for each row execute function public.touch_updated_at();
create trigger touch before update on catalog.products
  for each row when (old.updated_at = new.updated_at) execute function public.touch_updated_at();
create trigger touch before update of price, active on catalog.product_variants
  for each row execute function public.touch_updated_at();
create trigger touch before update on sales.orders
  for each row execute function public.touch_updated_at();

create trigger audit after insert or update or delete on catalog.product_variants
  for each row execute function ops.write_audit();
create trigger audit after insert or update or delete on sales.coupons
  for each row execute function ops.write_audit();

create trigger apply before insert on ops.stock_movements
  for each row execute function ops.apply_stock_movement();

create constraint trigger total_matches_lines after insert or update or delete on sales.order_lines
  deferrable initially deferred
  for each row execute function sales.require_matching_total();

-- A recall is withdrawn by another notice, never by deleting it.
create rule keep_recalls as on delete to ops.recall_notices do instead nothing;
