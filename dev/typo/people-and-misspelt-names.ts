import type pg from 'pg'
import { hasUnspacedScript, nameKey } from '../../src/core/customer/name-key.ts'
import { newId } from '../../src/kernel/id.ts'
import { misspell, typoKinds } from './misspell.ts'
import { nameLists } from './names.ts'

type Draw = () => number
type Person = { readonly id: string; readonly firstName: string; readonly lastName: string }

/** The same numbers from 0 to 1 in each run (mulberry32). */
export function seededDraws(seed: number): Draw {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    const mixed = Math.imul(state ^ (state >>> 15), state | 1)
    const more = mixed ^ (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61))
    return ((more ^ (more >>> 14)) >>> 0) / 2 ** 32
  }
}

/** One of a list whose first items are common and whose last ones are rare. */
const common = <T>(list: readonly T[], draw: Draw, skew: number): T =>
  list[Math.floor(list.length * draw() ** skew)] as T

/** People of many languages, the first of which are common; every third has two first names. */
export function randomPeople(size: number, draw: Draw): Person[] {
  return Array.from({ length: size }, (_, i) => {
    const { firsts, lasts } = common(nameLists, draw, 1.7)
    const second = draw() < 0.33 ? ` ${common(firsts, draw, 1.5)}` : ''
    return {
      id: newId('customer', new Date(Date.UTC(2024, 0, 1) + i * 60_000)),
      firstName: `${common(firsts, draw, 1.5)}${second}`,
      lastName: common(lasts, draw, 2.5),
    }
  })
}

const AT_ONCE = 10_000

/** Makes them active customers of a tenant. */
export async function insertPeople(client: pg.Client, tenant: string, people: readonly Person[]) {
  for (let from = 0; from < people.length; from += AT_ONCE) {
    const rows = people.slice(from, from + AT_ONCE).map((person, i) => ({
      ...person,
      email: `person${from + i}@example.com`,
      firstNameKey: nameKey(person.firstName),
      lastNameKey: nameKey(person.lastName),
    }))
    await client.query(
      `insert into customer (tenant, id, email, email_key, first_name, last_name, first_name_key, last_name_key, status, created_at, updated_at)
       select $1, p.id, p.email, p.email, p."firstName", p."lastName", p."firstNameKey", p."lastNameKey", 'active', id_moment(p.id), id_moment(p.id)
       from jsonb_to_recordset($2::jsonb) p(id text, email text, "firstName" text, "lastName" text, "firstNameKey" text, "lastNameKey" text)`,
      [tenant, JSON.stringify(rows)],
    )
  }
}

/** A misspelt name, the person who is meant, and all who have the words of the right name. */
export type MisspeltName = {
  readonly typed: string
  readonly person: Person
  readonly namesakes: ReadonlySet<string>
}

/** More namesakes would fill the first five, and nobody could tell who is meant. */
const MOST_NAMESAKES = 5

/** Misspelt names: one typo in one name, or in both. Scripts without spaces are typed as one word. */
export function misspeltNames(
  people: readonly Person[],
  size: number,
  wrong: 1 | 2,
  draw: Draw,
): MisspeltName[] {
  const owners = ownersOf(people)
  const found: MisspeltName[] = []
  while (found.length < size) {
    const person = people[Math.floor(draw() * people.length)] as Person
    const namesakes = havingAll(wordsOf(person).map((word) => owners.get(word) ?? new Set()))
    if (namesakes.size > MOST_NAMESAKES) continue
    const typed = typedName(person, wrong, people, draw)
    if (typed !== null) found.push({ typed, person, namesakes })
  }
  return found
}

function havingAll(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const [least = new Set<string>(), ...others] = sets.toSorted((a, b) => a.size - b.size)
  return new Set([...least].filter((id) => others.every((set) => set.has(id))))
}

const wordsOf = ({ firstName, lastName }: Person): string[] =>
  [firstName, lastName].flatMap((name) => nameKey(name).split('  ')[0]?.split(' ') ?? [])

function ownersOf(people: readonly Person[]): ReadonlyMap<string, ReadonlySet<string>> {
  const owners = new Map<string, Set<string>>()
  for (const person of people) {
    for (const word of wordsOf(person)) {
      const some = owners.get(word)
      if (some === undefined) owners.set(word, new Set([person.id]))
      else some.add(person.id)
    }
  }
  return owners
}

function typedName(
  { firstName, lastName }: Person,
  wrong: 1 | 2,
  people: readonly Person[],
  draw: Draw,
) {
  const isWhole = hasUnspacedScript(lastName)
  if (isWhole && wrong === 2) return null
  const words = isWhole ? [`${lastName}${firstName}`.replaceAll(' ', '')] : [firstName, lastName]
  const chosen = wrong === 2 ? [0, 1] : [Math.floor(draw() * words.length)]
  const typed = words.map((word, i) => (chosen.includes(i) ? misspelt(word, people, draw) : word))
  return typed.includes(null) ? null : typed.join(' ')
}

/** The name with a typo in one of its longer words. */
function misspelt(name: string, people: readonly Person[], draw: Draw): string | null {
  const words = name.split(' ')
  const at = Math.floor(draw() * words.length)
  const word = words[at] ?? ''
  const letters = [...word]
  if (letters.length < 3) return null
  const kind = typoKinds[Math.floor(draw() * typoKinds.length)] ?? 'dropped'
  const other = [...(people[Math.floor(draw() * people.length)]?.lastName ?? '')]
  const letter = isAlike(word, other) ? (other.at(-1) ?? '') : (letters.at(-2) ?? '')
  const made = misspell(word, kind, Math.floor(draw() * letters.length), letter.toLowerCase())
  return made === null || nameKey(made) === nameKey(word) ? null : words.with(at, made).join(' ')
}

const isAlike = (word: string, letters: readonly string[]): boolean =>
  /\p{Script=Latin}/u.test(word) === /\p{Script=Latin}/u.test(letters.join(''))
