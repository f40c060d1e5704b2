-- What only a review is about were fields of every import.
create table "Review" (
  "importId" integer not null,
  "inReviewSince" timestamptz(3),
  "reviewedAt" timestamptz(3),
  "secondsInReview" integer not null default 0,
  "needsResolving" boolean not null default false,
  "amendments" jsonb,
  constraint "Review_pkey" primary key ("importId"),
  constraint "Review_importId_fkey" foreign key ("importId") references "Import" ("id")
    on delete cascade on update cascade
);
insert into "Review" ("importId", "inReviewSince", "reviewedAt", "secondsInReview", "needsResolving", "amendments")
select "id", "inReviewSince", "reviewedAt", "secondsInReview", "needsResolving", "amendments" from "Import"
where "status" = 'REVIEW' or "inReviewSince" is not null or "reviewedAt" is not null or "secondsInReview" > 0
  or "needsResolving" or "amendments" is not null;

alter table "Import" drop column "inReviewSince", drop column "reviewedAt", drop column "secondsInReview",
  drop column "needsResolving", drop column "amendments";
