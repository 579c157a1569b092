-- Room on each page for the next version of a customer: counters that no list is sorted by, and the event's sequence, then change
-- without a new entry in a dozen indexes.
alter table customer set (fillfactor = 80);
