-- What the shop does in the database itself.

create function catalog.price_on(variant integer, day date) returns public.amount
language sql stable parallel safe
begin atomic
  select price_history.price
  from catalog.price_history
  where price_history.variant_id = price_on.variant and price_history.valid @> price_on.day;
end;

create function sales.vat_of(gross numeric, vat_percent numeric) returns numeric
language sql immutable strict parallel safe
as $$
  select round(gross * vat_percent / (100 + vat_percent), 2)
$$;

create function catalog.find_products(words text, at_most integer default 20)
returns table (id integer, name text, price_from numeric, likeness real)
language sql stable
set search_path = catalog, public, pg_temp
as $$
  select
    products.id, products.name,
    (select min(price) from product_variants where product_id = products.id and active),
    similarity(products.name, words)
  from products
  where products.name % words or products.search @@ plainto_tsquery('pg_catalog.simple', words)
  order by similarity(products.name, words) desc, products.id
  limit at_most
$$;

create function sales.coupon_discount(coupon_code text, buyer_country public.country_code, goods numeric, day date)
returns public.amount
language plpgsql stable
as $$
declare
  coupon sales.coupons;
begin
  select * into coupon from sales.coupons where code = upper(coupon_code);
  if not found then
    raise exception 'There is no coupon %.', coupon_code using errcode = 'no_data_found';
  end if;
  if not coupon.valid @> day or not coalesce(buyer_country = any (coupon.countries), true) then
    return 0;
  end if;
  return round(goods * coupon.discount_percent / 100, 2);
end
$$;

-- Takes goods from one shelf to another; the movements themselves keep the levels right.
create procedure ops.transfer_stock(variant integer, from_warehouse integer, to_warehouse integer, pieces integer)
language plpgsql
as $$
begin
  if pieces <= 0 then
    raise exception 'Only a positive number of pieces can be moved, not %.', pieces;
  end if;
  insert into ops.stock_movements (warehouse_id, variant_id, kind, quantity)
  values
    (from_warehouse, variant, 'transfer out', -pieces),
    (to_warehouse, variant, 'transfer in', pieces);
end
$$;

create function public.touch_updated_at() returns trigger
language plpgsql
as $$
begin
  new.updated_at := now();
  return new;
end
$$;

create function ops.apply_stock_movement() returns trigger
language plpgsql
as $$
begin
  insert into ops.stock_levels (warehouse_id, variant_id, quantity)
  values (new.warehouse_id, new.variant_id, 0)
  on conflict do nothing;
  update ops.stock_levels
  set quantity = quantity + new.quantity, updated_at = now()
  where warehouse_id = new.warehouse_id and variant_id = new.variant_id
  returning quantity into new.balance_after;
  return new;
end
$$;

create function ops.write_audit() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  insert into ops.audit_log (table_name, row_key, action, before, after)
  values (
    tg_table_schema || '.' || tg_table_name,
    jsonb_build_object('id', case when tg_op = 'DELETE' then old.id else new.id end),
    lower(tg_op)::ops.audit_action,
    case when tg_op <> 'INSERT' then to_jsonb(old) end,
    case when tg_op <> 'DELETE' then to_jsonb(new) end
  );
  return null;
end
$$;

create function sales.require_matching_total() returns trigger
language plpgsql
as $$
declare
  changed_order bigint := case when tg_op = 'DELETE' then old.order_id else new.order_id end;
  difference numeric;
begin
  select orders.goods_total - coalesce(sum(lines.line_total), 0) into difference
  from sales.orders
  left join sales.order_lines lines on lines.order_id = orders.id
  where orders.id = changed_order
  group by orders.goods_total;
  if difference <> 0 then
    raise exception 'Order % is off by % euro from its lines.', changed_order, difference using errcode = 'check_violation';
  end if;
  return null;
end
$$;
