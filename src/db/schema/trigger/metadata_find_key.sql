-- The key by which customers with a value in their metadata are found: a hash, so that a long value is as short, and cannot be read. The
-- text of a value that is no text is what `->>` says; null has none.
-- SQL by hand: triggers call it, so its name stays. It is in PL/pgSQL, because language SQL takes 1.5 times as long.
create or replace function metadata_find_key(a_key text, a_value text) returns text
language plpgsql immutable as $$
begin
  return left(encode(sha256(convert_to(jsonb_build_array(a_key, a_value)::text, 'UTF8')), 'base64'), 22);
end $$;
