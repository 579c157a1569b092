import { Bug } from '#kernel/error'

export type Param = {
  readonly name: string
  readonly isJson: boolean
  /** The kind of the job, if the parameter is the id of one. */
  readonly job: string | undefined
}
type Column = {
  /** '' for the row itself. */
  readonly part: string
  readonly name: string
  readonly isMoment: boolean
  /** The kind of the jobs, if the column has ids of jobs. */
  readonly job: string | undefined
}

/** The answer of a function: rows as lists of values, and the jobs that it wrote. */
export type Made =
  | readonly Value[][]
  | { readonly rows: readonly Value[][]; readonly jobs: readonly string[] }
type Value = unknown
type Values = Readonly<Record<string, unknown>>

/** The compiled form of a use case: the name of its function, its parameters, and the readers of its rows. */
export class CompiledUseCase<R = unknown> {
  /** The function's name in the database, or the statement that calls a function written by hand. */
  readonly name: string
  readonly params: readonly Param[]
  readonly columns: readonly Column[]

  constructor(name: string, params: string, columns: string) {
    this.name = name
    this.params = words(params).map(readParam)
    this.columns = words(columns).map(readColumn)
  }

  /** The statement to send. */
  get statement(): string {
    return this.isDirect ? this.name : `select ${this.expression} as made`
  }

  /** The call as an expression, with the parameters numbered from 1. */
  get expression(): string {
    if (this.isDirect) return `(${this.name})`
    return `${this.name}(${this.params.map((_, i) => `$${i + 1}`).join(', ')})`
  }

  get isDirect(): boolean {
    return this.name.includes(' ')
  }

  /** The values of a call, in the order of the parameters. */
  bind(values: Values): unknown[] {
    return this.params.map(({ name, isJson }) => {
      const value = values[name]
      if (value === undefined) throw new Bug(`${this.name} has no value for ${name}`)
      return isJson && value !== null ? JSON.stringify(value) : value
    })
  }

  /** The names of the columns. They are stored with an answer, because another release may read it. */
  get fields(): string[] {
    return this.columns.map(({ part, name }) => (part === '' ? name : `${part}.${name}`))
  }

  /** Reads rows with the columns of this release, in their order. `R` is the type that the builder inferred of the same columns. */
  read(rows: readonly (readonly Value[])[]): R[] {
    return rows.map((row) => readRow(this.columns, row) as R)
  }

  /** Reads rows with the columns of another release. An absent column is null. */
  readFrom(fields: readonly string[], rows: readonly (readonly Value[])[]): R[] {
    const places = this.fields.map((field) => fields.indexOf(field))
    return this.read(rows.map((row) => places.map((at) => row[at] ?? null)))
  }
}

/** Reads a row. A part is null if its first column, the key, is null, because then no row was joined. */
function readRow(columns: readonly Column[], row: readonly Value[]): unknown {
  const made: Record<string, Value> = {}
  let within: Record<string, Value> | null = made
  let open = ''
  for (let i = 0; i < columns.length; i++) {
    const { part, name, isMoment } = columns[i] as Column
    const found = row[i]
    if (part !== open) {
      within = part === '' ? made : found === null ? null : {}
      if (part !== '') made[part] = within
      open = part
    }
    if (within === null) continue
    within[name] = isMoment && typeof found === 'string' ? toMoment(found) : found
  }
  return made
}

const words = (text: string): string[] => (text === '' ? [] : text.split(' '))

function readParam(word: string): Param {
  const [name = '', mark] = word.split(':')
  return {
    name,
    isJson: mark === 'json',
    job: jobIn(mark),
  }
}

const jobIn = (mark: string | undefined): string | undefined =>
  mark?.startsWith('job=') ? mark.slice(4) : undefined

function readColumn(word: string): Column {
  const [path = '', mark] = word.split(':')
  const [name = '', ...parts] = path.split('.').reverse()
  return {
    part: parts.reverse().join('.'),
    name,
    isMoment: mark === 'moment',
    job: jobIn(mark),
  }
}

/** Converts a moment of PostgreSQL, with up to six digits of a second, to the API's form with three. */
function toMoment(text: string): string {
  if (!text.endsWith('+00:00') || text.length < 25) return text
  const fraction = text.slice(20, -6)
  return `${text.slice(0, 19)}.${`${fraction}000`.slice(0, 3)}Z`
}
