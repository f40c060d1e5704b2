-- Keys compare in Unicode's form NFC from now on: those that were written down otherwise follow. Where a dataset has
-- both forms of a key, its two rows stay two. Keys of more than 500 bytes are digests, and stay as they are.
do $$
declare
  old record;
  rest text;
  size int;
  part text;
  made text;
begin
  if getdatabaseencoding() <> 'UTF8' then
    return;
  end if;
  for old in
    select e."datasetNumber", e."key", k.parts, count(*)
    from "Effect" e
    join "Dataset" d on d."number" = e."datasetNumber"
    cross join lateral (
      select count(*)::int as parts from "Column" c where c."datasetId" = d."id" and c."keyPart" is not null
    ) k
    where octet_length(e."key") <> length(e."key") and e."key" is not nfc normalized and k.parts > 0
    group by 1, 2, 3
  loop
    made := '';
    rest := old."key";
    if old.parts = 1 then
      made := normalize(rest, NFC);
    else
      -- Several parts carry their lengths: 1:a2:bc
      while rest <> '' loop
        size := split_part(rest, ':', 1)::int;
        rest := substr(rest, length(size::text) + 2);
        part := normalize(left(rest, size), NFC);
        made := made || length(part) || ':' || part;
        rest := substr(rest, size + 1);
      end loop;
    end if;
    update "Effect" set "key" = made
    where "datasetNumber" = old."datasetNumber" and "key" = old."key"
      and not exists (select 1 from "Effect" o where o."datasetNumber" = old."datasetNumber" and o."key" = made);
  end loop;
end $$;
