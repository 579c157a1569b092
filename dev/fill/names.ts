import { nameKey } from '../../src/core/customer/name-key.ts'

const starts = 'mu scho wei ber ha ka lo fi gra ste no pe ro ti vo za kr br ni du'.split(' ')
const middles = 'll rt nn sch ck mm bb tz ss gg nd lt rk pp ff ch st ng rm hl'.split(' ')
const ends = 'er mann e ert ing el en ow ler son bach berg au'.split(' ')
const firsts =
  'Anna Marie Jonas Leon Lukas Emil Paul Sophia Tim Felix Nico Ella Clara Mia Julia Katrin Robert Ben David Henrik José Zoë Jürgen Łukasz Søren Αλέξης Иван 明 Jean-Luc Ana María'.split(
    ' ',
  )
const particles = ['', '', '', '', '', '', '', '', 'von ', 'van der ', 'de la ', "O'", 'Ben-']

type Name = { readonly name: string; readonly key: string }

const named = (name: string): Name => ({ name, key: nameKey(name) })

/** A few hundred first names, some of two words. */
export const firstNames = (): Name[] =>
  firsts.flatMap((a, i) =>
    firsts.map((b, j) => named((i + j) % 9 === 0 ? `${a} ${b}` : blend(a, b))),
  )

/** A few thousand last names, of which some are common, some are rare, and some have particles. */
export const lastNames = (): Name[] =>
  starts.flatMap((a, i) =>
    middles.flatMap((b, j) =>
      ends.map((c, k) => {
        const word = `${a.charAt(0).toUpperCase()}${a.slice(1)}${b}${c}`
        return named(`${particles[(i * 7 + j * 3 + k * 5) % particles.length]}${word}`)
      }),
    ),
  )

const blend = (a: string, b: string): string => `${a}${b.slice(-2).toLowerCase()}`
