import { type Fragment, rawFragment, sqlFragment } from '#db/fragment'
import { nameWordColumns as word } from '#db/generated/column'
import { firstRowsOfScope, hasListEntryWithId, type ListScope } from './condition.ts'
import {
  type CustomerColumn,
  columnFragment,
  columnFragments,
  literalNumber,
  unionAllOf,
} from './sql.ts'

/** The last character of Unicode: a text and this one are after all texts that begin with the text. */
export const LAST_CHARACTER = '\u{10ffff}'
/** The character after the blank: a text and this one are after the text alone, and after those where a blank follows it. */
export const CHARACTER_AFTER_BLANK = '!'

/**
 * The ids of customers who have a word from `r.low` to before `r.high`: `r` is a table around it.
 * @param inList only those of the list; else some words are of customers whom it does not have.
 */
export const idsInNameRange = (scope: ListScope, most: number, inList = false): Fragment =>
  unionAllOf([
    beginning(scope, 'lastNameKey', most),
    beginning(scope, 'firstNameKey', most),
    sqlFragment`(select ${rawFragment(word.customerId)} as id from name_word
      where ${rawFragment(word.tenant)} = ${scope.tenant} and ${rawFragment(word.word)} >= r.low and ${rawFragment(word.word)} < r.high
        and ${inList ? hasListEntryWithId(scope, rawFragment(word.customerId)) : sqlFragment`true`}
      order by ${rawFragment(word.word)}, ${rawFragment(word.customerId)} limit ${literalNumber(most)})`,
  ])

const beginning = (scope: ListScope, name: CustomerColumn, most: number): Fragment =>
  sqlFragment`(select id from (${firstRowsOfScope(scope, {
    select: columnFragments([name, 'id']),
    where: sqlFragment`${columnFragment(name)} >= r.low and ${columnFragment(name)} < r.high`,
    order: columnFragments([name, 'id']),
    most: literalNumber(most),
  })}) n)`
