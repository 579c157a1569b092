import { and, eq, exists, gt, inArray, ne, not, or, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { customerTable, nameSpellingTable, nameWordTable, scanProgressTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, evaluateForEffect, pick } from '#db/statement-builders'
import { noAnswer, useCase } from '#db/use-case'

const { tenant, spelling, word } = nameSpellingTable
const TASK = 'words'

/** Whether a name begins with the word. The index of names has listed customers and others one after the other. */
const begins = (name: PgColumn) =>
  exists(
    db
      .select(pick(customerTable, 'id'))
      .from(customerTable)
      .where(
        and(
          eq(customerTable.tenant, tenant),
          inArray(customerTable.listed, [true, false]),
          sql`${name} >= ${word} and ${name} < ${word} || '!'`,
          ne(customerTable.status, 'deleted'),
        ),
      ),
  )

const isWithin = exists(
  db
    .select(pick(nameWordTable, 'word'))
    .from(nameWordTable)
    .innerJoin(
      customerTable,
      and(
        eq(customerTable.tenant, nameWordTable.tenant),
        eq(customerTable.id, nameWordTable.customerId),
        ne(customerTable.status, 'deleted'),
      ),
    )
    .where(and(eq(nameWordTable.tenant, tenant), eq(nameWordTable.word, word))),
)

/** Whether a customer has the word of a row of the dictionary. */
const isUsed = or(
  begins(customerTable.lastNameKey),
  begins(customerTable.firstNameKey),
  isWithin,
) as SQL

/** The next words of the scan over the dictionary. */
export const scanNameWords = useCase(
  'scan_name_words',
  { tenant, limit: sqlType.int },
  (p) => {
    const position = db
      .select(pick(scanProgressTable, 'position'))
      .from(scanProgressTable)
      .where(and(eq(scanProgressTable.tenant, p.tenant), eq(scanProgressTable.task, TASK)))
    const isNext = gt(word, sql`coalesce((${position}), '')`)
    return [
      db
        .select({ word, isUsed: sqlType.flag(sql`(${isUsed})`) })
        .from(nameSpellingTable)
        .where(and(eq(tenant, p.tenant), eq(spelling, word), isNext))
        .orderBy(word)
        .limit(p.limit),
    ]
  },
  { enable_seqscan: 'off' },
)

/** The lock waits for transactions that have found a word in the dictionary for a name they write, and keeps others waiting. */
const lockWords = (of: string) => sql`pg_advisory_xact_lock(hashtextextended(${of}, 5))`

/**
 * Deletes the words that are in no name any more. It belongs at the end of a commit, because it makes other writers of names wait.
 * @param names the keys of the names, as `{first, last}`.
 */
export function forgetNameWords(of: string, names: unknown) {
  const words = sql`array(select spelled from jsonb_to_recordset(${names}::jsonb) as n (first text, last text)
    cross join lateral unnest(spelled_words(n.first, n.last, name_words(n.first, n.last))) spelled)`
  const spellings = sql`array(select whole from unnest(${words}) whole
    union all select left(whole, at - 1) || substr(whole, at + 1) from unnest(${words}) whole, generate_series(1, length(whole)) at)`
  return [
    evaluateForEffect(lockWords(of)),
    db
      .delete(nameSpellingTable)
      .where(
        and(
          eq(tenant, of),
          sql`${spelling} = any(${spellings})`,
          sql`${word} = any(${words})`,
          not(isUsed),
        ),
      ),
  ]
}

/**
 * Deletes words that are in no name, under all their spellings, and notes how far the scan has come. The lock waits for transactions that
 * have found a word here for a name they write, and keeps others waiting; whether nobody has the word is known only then.
 */
export const purgeNameWords = useCase(
  'purge_name_words',
  {
    tenant,
    words: sqlType.texts,
    spellings: sqlType.texts,
    ...pick(scanProgressTable, 'position'),
    now: scanProgressTable.startedAt,
  },
  (p) => [
    evaluateForEffect(lockWords(p.tenant), sql`cardinality(${p.words}) > 0`),
    db
      .delete(nameSpellingTable)
      .where(
        and(
          eq(tenant, p.tenant),
          sql`${spelling} = any(${p.spellings})`,
          sql`${word} = any(${p.words})`,
          not(isUsed),
        ),
      ),
    db
      .insert(scanProgressTable)
      .values({
        ...pick(p, 'tenant'),
        task: sql.raw(`'${TASK}'`),
        ...{ position: '', examined: sql`0`, hits: sql`0`, startedAt: p.now },
      })
      .onConflictDoNothing(),
    // A run that finds another one at the place goes over the same words once more.
    db
      .update(scanProgressTable)
      .set(pick(p, 'position'))
      .where(
        and(
          eq(scanProgressTable.tenant, p.tenant),
          eq(scanProgressTable.task, TASK),
          inArray(
            scanProgressTable.task,
            db
              .select(pick(scanProgressTable, 'task'))
              .from(scanProgressTable)
              .where(and(eq(scanProgressTable.tenant, p.tenant), eq(scanProgressTable.task, TASK)))
              .for('update', { skipLocked: true }),
          ),
        ),
      ),
    noAnswer,
  ],
  { enable_seqscan: 'off' },
)
