import { describe, expect, it } from 'vitest';
import type { MatchKind } from '../schema/dataset/match-kinds';
import { matchHeaders } from './match-headers';

/**
 * Headers of real open data (Sacramento, FiveThirtyEight, IMDb, OMOP, Apple, Titanic, soccer players) and of usual business files, with
 * the dataset's column that each has to find, how, and the columns that stand beside it.
 */
const tables: {
  about: string;
  columns: string[];
  pairs: [header: string, column: string | null, how?: MatchKind][];
}[] = [
  {
    about: 'houses sold',
    columns: [
      'Street',
      'City',
      'Zip code',
      'State',
      'Bedrooms',
      'Bathrooms',
      'Square feet',
      'Category',
      'Sale date',
      'Price',
      'Latitude',
      'Longitude',
    ],
    pairs: [
      ['street', 'Street', 'name'],
      ['city', 'City', 'name'],
      ['zip', 'Zip code', 'similar'],
      ['state', 'State', 'name'],
      ['beds', 'Bedrooms', 'similar'],
      ['baths', 'Bathrooms', 'similar'],
      ['sq__ft', 'Square feet', 'similar'],
      ['type', 'Category', 'similar'],
      ['sale_date', 'Sale date', 'name'],
      ['price', 'Price', 'name'],
      ['latitude', 'Latitude', 'name'],
      ['longitude', 'Longitude', 'name'],
    ],
  },
  {
    about: 'crimes',
    columns: [
      'Date and time',
      'Address',
      'District',
      'Beat',
      'Grid',
      'Crime description',
      'UCR NCIC code',
      'Lat',
      'Lon',
    ],
    pairs: [
      ['address', 'Address', 'name'],
      ['district', 'District', 'name'],
      ['beat', 'Beat', 'name'],
      ['grid', 'Grid', 'name'],
      ['crimedescr', 'Crime description', 'similar'],
      ['ucr_ncic_code', 'UCR NCIC code', 'name'],
      ['latitude', 'Lat', 'similar'],
      ['longitude', 'Lon', 'similar'],
    ],
  },
  {
    about: 'films',
    columns: [
      'Year',
      'IMDB',
      'Title',
      'Clean Test',
      'Budget',
      'Dom. Gross',
      'Intl Gross',
      'Budget 2013 $',
      'Period code',
      'Decade code',
    ],
    pairs: [
      ['year', 'Year', 'name'],
      ['imdb', 'IMDB', 'name'],
      ['title', 'Title', 'name'],
      ['clean_test', 'Clean Test', 'name'],
      ['budget', 'Budget', 'name'],
      ['domgross', 'Dom. Gross', 'name'],
      ['intgross', 'Intl Gross', 'similar'],
      ['budget_2013$', 'Budget 2013 $', 'name'],
      ['domgross_2013$', null],
      ['period code', 'Period code', 'name'],
      ['decade code', 'Decade code', 'name'],
    ],
  },
  {
    about: 'members of Congress',
    columns: [
      'Congress',
      'Start date',
      'Chamber',
      'State abbreviation',
      'Party code',
      'Name (bio)',
      'Bioguide ID',
      'Birth',
      'Cumulative Congresses',
      'Cumulative chamber',
      'Age in days',
      'Age in years',
      'Generation',
    ],
    pairs: [
      ['congress', 'Congress', 'name'],
      ['start_date', 'Start date', 'name'],
      ['chamber', 'Chamber', 'name'],
      ['state_abbrev', 'State abbreviation', 'similar'],
      ['party_code', 'Party code', 'name'],
      ['bioguide_id', 'Bioguide ID', 'name'],
      ['birthday', 'Birth', 'similar'],
      ['cmltv_cong', 'Cumulative Congresses', 'similar'],
      ['cmltv_chamber', 'Cumulative chamber', 'similar'],
      ['age_days', 'Age in days', 'similar'],
      ['age_years', 'Age in years', 'similar'],
      ['generation', 'Generation', 'name'],
    ],
  },
  {
    about: 'posts',
    columns: ['Created', 'Text', 'Link', 'Replies', 'Retweet', 'Favourites', 'User'],
    pairs: [
      ['created_at', 'Created', 'similar'],
      ['text', 'Text', 'name'],
      ['url', 'Link', 'similar'],
      ['replies', 'Replies', 'name'],
      ['retweets', 'Retweet', 'similar'],
      ['favorites', 'Favourites', 'similar'],
      ['user', 'User', 'name'],
    ],
  },
  {
    about: 'titles',
    columns: [
      'Title type',
      'Primary title',
      'Original title',
      'Is adult',
      'Start year',
      'End year',
      'Runtime (minutes)',
      'Genre',
    ],
    pairs: [
      ['tconst', null],
      ['titleType', 'Title type', 'name'],
      ['primaryTitle', 'Primary title', 'name'],
      ['originalTitle', 'Original title', 'name'],
      ['isAdult', 'Is adult', 'name'],
      ['startYear', 'Start year', 'name'],
      ['endYear', 'End year', 'name'],
      ['runtimeMinutes', 'Runtime (minutes)', 'name'],
      ['genres', 'Genre', 'similar'],
    ],
  },
  {
    about: 'drugs',
    columns: [
      'Drug exposure ID',
      'Person',
      'Drug concept ID',
      'Start date',
      'Refills',
      'Qty',
      "Day's supply",
      'Lot no.',
      'Provider ID',
      'Stop reason',
    ],
    pairs: [
      ['drug_exposure_id', 'Drug exposure ID', 'name'],
      ['person_id', 'Person', 'similar'],
      ['drug_concept_id', 'Drug concept ID', 'name'],
      ['refills', 'Refills', 'name'],
      ['quantity', 'Qty', 'similar'],
      ['days_supply', "Day's supply", 'name'],
      ['lot_number', 'Lot no.', 'similar'],
      ['provider_id', 'Provider ID', 'name'],
      ['stop_reason', 'Stop reason', 'name'],
      ['sig', null],
      ['dose_unit', null],
    ],
  },
  {
    about: 'sales of apps',
    columns: [
      'transaction_date',
      'settlement_date',
      'apple_id',
      'sku',
      'developer',
      'country_sale',
      'quantity',
      'customer_price',
      'customer_currency',
      'promo',
      'order_category',
      'region',
    ],
    pairs: [
      ['Transaction Date', 'transaction_date', 'name'],
      ['Settlement Date', 'settlement_date', 'name'],
      ['Apple Identifier', 'apple_id', 'similar'],
      ['SKU', 'sku', 'name'],
      ['Developer Name', 'developer', 'similar'],
      ['Country of Sale', 'country_sale', 'similar'],
      ['Quantity', 'quantity', 'name'],
      ['Customer Price', 'customer_price', 'name'],
      ['Customer Currency', 'customer_currency', 'name'],
      ['Promo Code', 'promo', 'similar'],
      ['Order Type', 'order_category', 'similar'],
      ['Region', 'region', 'name'],
      ['Sale or Return', null],
    ],
  },
  {
    about: 'passengers',
    columns: ['Passenger ID', 'Survived', 'Class', 'Full name', 'Sex', 'Age', 'Fare', 'Cabin', 'Embarked'],
    pairs: [
      ['PassengerId', 'Passenger ID', 'name'],
      ['Survived', 'Survived', 'name'],
      ['Name', 'Full name', 'similar'],
      ['Gender', 'Sex', 'similar'],
      ['Age', 'Age', 'name'],
      ['Parch', null],
      ['SibSp', null],
      ['Fare', 'Fare', 'name'],
      ['Cabin', 'Cabin', 'name'],
      ['Embarked', 'Embarked', 'name'],
    ],
  },
  {
    about: 'players',
    columns: [
      'Player ID',
      'Player URL',
      'Short name',
      'Long name',
      'Positions',
      'Overall',
      'Potential',
      'Value (EUR)',
      'Wage (EUR)',
      'Age',
      'Date of birth',
      'Height (cm)',
      'Weight (kg)',
      'League name',
      'Club name',
      'Jersey number',
      'Nationality',
      'Preferred foot',
      'Release clause (EUR)',
      'Body type',
    ],
    pairs: [
      ['player_id', 'Player ID', 'name'],
      ['player_url', 'Player URL', 'name'],
      ['short_name', 'Short name', 'name'],
      ['long_name', 'Long name', 'name'],
      ['player_positions', 'Positions', 'similar'],
      ['overall', 'Overall', 'name'],
      ['potential', 'Potential', 'name'],
      ['value_eur', 'Value (EUR)', 'name'],
      ['wage_eur', 'Wage (EUR)', 'name'],
      ['age', 'Age', 'name'],
      ['dob', 'Date of birth', 'similar'],
      ['height_cm', 'Height (cm)', 'name'],
      ['weight_kg', 'Weight (kg)', 'name'],
      ['league_name', 'League name', 'name'],
      ['league_level', null],
      ['club_name', 'Club name', 'name'],
      ['club_jersey_number', 'Jersey number', 'similar'],
      ['nationality_name', 'Nationality', 'similar'],
      ['preferred_foot', 'Preferred foot', 'name'],
      ['release_clause_eur', 'Release clause (EUR)', 'name'],
      ['body_type', 'Body type', 'name'],
    ],
  },
  {
    about: 'customers',
    columns: [
      'Customer number',
      'First name',
      'Last name',
      'E-mail',
      'Phone',
      'Address 1',
      'Address 2',
      'Größe',
      'Straße',
      'Prénom',
      'Country',
      'Company',
    ],
    pairs: [
      ['Customer No.', 'Customer number', 'similar'],
      ['FIRST_NAME', 'First name', 'name'],
      ['lastName', 'Last name', 'name'],
      ['Email', 'E-mail', 'name'],
      ['Telephone', 'Phone', 'similar'],
      ['address2', 'Address 2', 'name'],
      ['addr_1', 'Address 1', 'similar'],
      ['address 3', null],
      ['GROSSE', 'Größe', 'name'],
      ['strasse', 'Straße', 'name'],
      ['prenom', 'Prénom', 'name'],
      ['Contry', 'Country', 'similar'],
      ['organisation', 'Company', 'similar'],
      ['Middle name', null],
    ],
  },
  {
    about: 'other scripts',
    columns: ['名前', 'Дата', 'تاريخ'],
    pairs: [
      ['名前', '名前', 'name'],
      ['дата', 'Дата', 'name'],
      ['تاريخ', 'تاريخ', 'name'],
      ['住所', null],
    ],
  },
];

const target = (name: string) => ({ name, synonyms: [] });
let count = 0;

describe.each(tables)('$about', ({ columns, pairs }) => {
  const matches = matchHeaders(
    pairs.map(([header]) => header),
    columns.map(target),
  );
  count += pairs.length;
  it.each(pairs.map((pair, i) => [...pair, i] as const))('%s → %s', (...row) => {
    const [, column, how] = row;
    const i = row.at(-1);
    const match = typeof i === 'number' ? matches[i] : null;
    expect(match?.column ?? null).toBe(column);
    if (column !== null) expect(match?.how).toBe(how);
    if (match?.how === 'similar') expect(match.confidence).toBeLessThan(1);
  });
});

it('is tried on at least a hundred pairs', () => expect(count).toBeGreaterThanOrEqual(100));

it('matches by a synonym before a similar name', () => {
  const [first, second] = matchHeaders(
    ['Kunde', 'Customer no'],
    [
      { name: 'Customer', synonyms: ['KUNDE', 'Client'] },
      { name: 'Number', synonyms: [] },
    ],
  );
  expect(first).toEqual({ column: 'Customer', how: 'synonym', confidence: 1 });
  expect(second).toMatchObject({ column: 'Number', how: 'similar' });
});

it('matches as last time what its name does not say, also leaving out, but never against a name', () => {
  const columns = [target('Code'), target('Amount'), target('Note')];
  expect(matchHeaders(['x', 'amount', 'junk', 'y'], columns, ['Code', 'Note', null, undefined])).toEqual([
    { column: 'Code', how: 'remembered', confidence: 1 },
    { column: 'Amount', how: 'name', confidence: 1 },
    { column: null, how: 'remembered', confidence: 1 },
    null,
  ]);
  expect(matchHeaders(['x'], [target('Other')], ['Gone'])).toEqual([null]);
});

it('gives a column of the dataset to one column of the file, the best', () => {
  expect(matchHeaders(['E-mail', 'email', 'mail'], [target('email')]).map((match) => match?.column)).toEqual([
    undefined,
    'email',
    undefined,
  ]);
});

it('tells apart what only numbers or one word tell apart', () => {
  const none = [
    ['Address 1', 'Address 2'],
    ['Start date', 'End date'],
    ['Billing address', 'Shipping address'],
    ['First name', 'Last name'],
    ['Customer ID', 'Customer name'],
    ['Amount', 'Account'],
    ['Net', 'Gross'],
  ];
  for (const [header = '', column = ''] of none)
    expect(matchHeaders([header], [target(column)]), `${header} → ${column}`).toEqual([null]);
});

it('is quick and does not guess with the widest files', () => {
  const names = Array.from({ length: 1_600 }, (_, i) => `column ${'ab'.repeat(i % 7)} ${i}`);
  expect(matchHeaders(names, names.map(target)).every((match) => match?.how === 'name')).toBe(true);
  expect(
    matchHeaders(
      names,
      names.map((name) => target(`x ${name}`)),
    ).every((match) => match === null),
  ).toBe(true);
});
