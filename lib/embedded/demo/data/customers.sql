-- 2,400 customers who registered one after the other from March 2022 to June 2025.

insert into public.customers (
  id, email, given_name, family_name, country, born_on, loyalty_points, preferences, registered_at, updated_at, deleted_at
)
with drawn as (
  select
    n as id, market.country,
    pg_temp.pick(market.given, n, 102) as given_name,
    pg_temp.pick(market.family, n, 103) as family_name,
    -- Two a day: even numbers in the morning, odd ones in the afternoon.
    timestamptz '2022-03-15 07:00' + n / 2 * interval '1 day'
      + (n % 2 * 25200 + pg_temp.draw(n, 104, 25200)) * interval '1 second' as registered_at
  from generate_series(1, 2400) n
  join market on market.country = pg_temp.pick(
    string_to_array('DE DE DE DE DE DE DE FR FR FR FR NL NL NL NL SE SE SE DK DK AT AT IE IT IT ES ES PL PL', ' '), n, 101)
), named as (
  select
    *,
    pg_temp.ascii(given_name) || '.' || pg_temp.ascii(family_name) as mailbox,
    row_number() over (partition by pg_temp.ascii(given_name), pg_temp.ascii(family_name) order by id) as namesake
  from drawn
)
select
  id,
  mailbox || case when namesake > 1 then (40 + pg_temp.draw(id, 105, 4) * 10 + namesake)::text else '' end
    || '@' || pg_temp.pick('{post.example,mail.example,inbox.example,brev.example,correo.example}', id, 106),
  given_name, family_name, country,
  case when pg_temp.draw(id, 107, 3) > 0 then date '1948-02-11' + pg_temp.draw(id, 108, 20400) end,
  0,
  jsonb_strip_nulls(jsonb_build_object(
    'language', case country
      when 'AT' then 'de' when 'IE' then 'en' when 'SE' then 'sv' when 'DK' then 'da' else lower(country)
    end,
    'newsletter', pg_temp.draw(id, 109, 5) < 2,
    'packaging', case when pg_temp.draw(id, 110, 6) = 0 then 'reused box' end,
    'shoe_size', case when pg_temp.draw(id, 111, 4) = 0 then 36 + pg_temp.draw(id, 112, 11) end
  )),
  registered_at,
  registered_at + pg_temp.draw(id, 113, 4000) * interval '1 minute',
  case when pg_temp.draw(id, 114, 120) = 0 then timestamptz '2025-07-01 08:00' + id * interval '1 second' end
from named
order by id;

-- Everyone has an address; one in four a second one, at work, at the parents' or by the sea.
insert into public.addresses (customer_id, address_no, label, recipient, street, postcode, city, country)
select
  customer.id, address_no,
  case address_no when 1 then 'Home' else pg_temp.pick('{Work,Work,Parents,Holiday home,Neighbour}', customer.id, 121) end,
  customer.full_name,
  format(market.street_format, pg_temp.pick(market.streets, place.key, 122), 1 + pg_temp.draw(place.key, 123, 96)),
  split_part(place.town, '|', 1), split_part(place.town, '|', 2), customer.country
from public.customers customer
join market on market.country = customer.country
cross join generate_series(1, 2) address_no
cross join lateral (
  select customer.id * 2 + address_no as key, pg_temp.pick(market.towns, customer.id * 2 + address_no, 124) as town
) place
where address_no = 1 or pg_temp.draw(customer.id, 120, 4) = 0
order by customer.id, address_no;

insert into public."NewsletterOptIn" ("Id", "customerId", "Topics", "optedInAt", "IP Address")
select
  md5('newsletter ' || id)::uuid, id,
  case pg_temp.draw(id, 131, 4)
    when 0 then array['outdoor']
    when 1 then array['home', 'garden']
    when 2 then array['outdoor', 'home', 'sale']
    else array['sale']
  end,
  registered_at + pg_temp.draw(id, 132, 86400) * interval '1 second',
  -- The networks that are set aside for examples.
  inet '198.51.100.0' + pg_temp.draw(id, 133, 256)
from public.customers
where preferences ->> 'newsletter' = 'true'
order by id;

insert into public.wishlist_items (customer_id, product_id, added_at, note)
select distinct on (wish.customer_id, wish.product_id)
  wish.customer_id, wish.product_id,
  greatest(customer.registered_at, timestamptz '2024-01-01') + pg_temp.draw(n, 143, 200) * interval '5 hours',
  pg_temp.pick(array[
    null, null, null, null, null, 'for the summer', 'birthday?', 'wait for the sale', 'in green, if it comes back',
    'Mum', 'when the old one gives up'
  ], n, 144)
from generate_series(1, 1250) n
cross join lateral (
  select 1 + pg_temp.draw(n, 141, 2300) as customer_id, 1 + pg_temp.draw(n, 142, 480) as product_id
) wish
join public.customers customer on customer.id = wish.customer_id
order by 1, 2, n;

analyze public.customers, public.addresses, public.countries;
