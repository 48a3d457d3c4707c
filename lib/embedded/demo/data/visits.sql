-- What visitors did and said: reviews, page views; and what the audit trail kept of it all.

insert into catalog.reviews (id, product_id, customer_id, rating, title, body, written_at, helpful_votes)
select
  row_number() over (order by written_at, order_id, line_no), product_id, customer_id, rating,
  pg_temp.pick(case
    when rating = 5 then array['Exactly what I hoped for', 'Would buy again', 'Lovely', 'Better than the old one', 'Worth every cent',
      'My favourite', 'A present that was used at once', 'Top', 'Finally']
    when rating = 4 then array['Good, with one small thing', 'Very nice', 'Nearly perfect', 'Does what it should', 'Solid', 'Happy with it']
    when rating = 3 then array['It is all right', 'Mixed feelings', 'Smaller than I thought', 'Good, but dear']
    else array['Not for me', 'Sent it back', 'A pity', 'Expected more']
  end, key, 602),
  pg_temp.pick(case
    when rating >= 4 then array['Feels well made and looks even better than in the pictures.', 'Used it for two weeks now and would not give it back.',
      'The material is a joy.', 'Arrived quickly and was packed without plastic.', 'We took it to the mountains and were glad of it.',
      'The whole family wants one.', 'Colour just as shown.', 'Simple and sturdy.', 'It already has its place in our house.']
    when rating = 3 then array['The quality is fine, the price a little high.', 'I had imagined it larger.', 'Took a while to arrive.']
    else array['One seam was open after a week.', 'The colour is not as shown.', 'It did not fit and I had to send it back.', 'It smells odd, even after airing.']
  end, key, 603)
  || ' ' ||
  pg_temp.pick(case
    when rating >= 4 then array['Thank you!', 'Recommended.', 'I will order a second one.', 'Five stars if it came in blue.', 'Gladly again.', '']
    else array['Customer care was friendly, at least.', 'Perhaps I was unlucky.', 'I shall look for something else.', '']
  end, key, 604),
  written_at, pg_temp.draw(key, 605, 12) * pg_temp.draw(key, 606, 10) / 9
from (
  select distinct on (product_id, customer_id)
    product_id, customer_id, order_id, line_no, order_id * 8 + line_no as key,
    case
      when returned_quantity > 0 then 1 + pg_temp.draw(order_id * 8 + line_no, 607, 3)
      else (array[5, 5, 5, 5, 5, 4, 4, 4, 3, 5, 4, 2])[1 + pg_temp.draw(order_id * 8 + line_no, 607, 12)]
    end as rating,
    delivered_at + (1 + pg_temp.draw(order_id * 8 + line_no, 608, 40)) * interval '19 hours' as written_at
  from placed_line
  join placed_order on placed_order.id = placed_line.order_id
  join catalog.product_variants on product_variants.id = placed_line.variant_id
  where state in ('delivered', 'returned') and delivered_at < '2025-05-28' and pg_temp.draw(order_id * 8 + line_no, 601, 100) < 21
  order by product_id, customer_id, order_id, line_no
) written;

update catalog.products
set rating = reviewed.rating
from (select product_id, round(avg(rating), 2) as rating from catalog.reviews group by 1) reviewed
where reviewed.product_id = products.id;

insert into ops.audit_log (id, table_name, row_key, action, before, after, changed_by, changed_at)
select row_number() over (order by changed_at, table_name, key), table_name, jsonb_build_object('id', key), 'update', before, after, changed_by, changed_at
from (
  select
    'catalog.product_variants' as table_name, variant_id as key,
    jsonb_build_object('price', lag(price) over steps) as before, jsonb_build_object('price', price) as after,
    'pricing' as changed_by, lower(valid) + time '06:00' + variant_id * interval '20 milliseconds' as changed_at,
    lag(price) over steps is not null as noted
  from catalog.price_history
  window steps as (partition by variant_id order by valid)
  union all
  select
    'sales.orders', id, jsonb_build_object('state', 'paid'), jsonb_build_object('state', 'cancelled'), 'customer care', updated_at, true
  from settled
  where state = 'cancelled' and paid
) changes
where noted;

create temporary table page on commit drop as
select
  array_agg('/products/' || slug order by id) as products,
  (select array_agg('/' || slug order by id) from catalog.categories) as categories,
  string_to_array('tent,backpack,wool,mug,candle,linen,boots size 42,gift,sale,lantern', ',') as searches
from catalog.products;

-- As many as it takes to make the whole shop 100,000 rows.
insert into ops.page_views (id, viewed_at, visitor, customer_id, path, referrer, device, network, load_ms)
select
  row_number() over (order by visit.at, n), visit.at, md5('visitor ' || visitor)::uuid,
  case when visitor % 3 = 0 then 1 + visitor % 1800 end,
  case
    when kind < 8 then '/'
    when kind < 30 then pg_temp.pick(page.categories, n, 622)
    when kind < 38 then '/search?q=' || replace(pg_temp.pick(page.searches, n, 623), ' ', '+')
    when kind < 44 then '/cart'
    when kind < 47 then '/checkout'
    else page.products[1 + pg_temp.draw(n, 624, 480) * pg_temp.draw(n, 625, 480) / 480]
  end,
  case
    when kind % 4 = 0 then pg_temp.pick(array[
      'https://search.example/', 'https://news.example/hiking', 'https://social.example/', 'newsletter'
    ], n, 626)
  end,
  (array['phone', 'phone', 'phone', 'desktop', 'desktop', 'tablet'])[1 + visitor % 6]::ops.device,
  set_masklen((inet '203.0.113.0' + visitor % 16 * 16)::cidr, 28),
  90 + pg_temp.draw(n, 627, 40) * pg_temp.draw(n, 628, 40)
from generate_series(1, 12003) n
cross join page
cross join lateral (
  -- Six pages make a visit: one visitor, one day, an hour of the busy ones, half a minute from page to page.
  select
    pg_temp.draw(n, 621, 100) as kind,
    pg_temp.draw((n - 1) / 6, 629, 7000) as visitor,
    timestamptz '2025-01-01' + (n - 1) / 6 * 181 / 2002 * interval '1 day'
      + (array[6, 7, 8, 9, 10, 11, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 20, 20, 21, 21, 22])
        [1 + pg_temp.draw((n - 1) / 6, 630, 22)] * interval '1 hour'
      + (pg_temp.draw((n - 1) / 6, 631, 3300) + (n - 1) % 6 * 34 + pg_temp.draw(n, 632, 30)) * interval '1 second' as at
) visit
order by visit.at, n;
