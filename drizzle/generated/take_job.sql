-- Takes a job away in the commit that does it; when another has, ends the commit: there is nothing left to do.
create or replace function take_job(a_tenant text, a_id text) returns void
language plpgsql volatile as $$
begin
  delete from job where tenant = a_tenant and id = a_id;
  if not found then perform refuse('job_done'); end if;
end $$;
