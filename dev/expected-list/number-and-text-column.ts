/** A number for each of many rows; NaN: none. */
export class NumberColumn {
  private readonly values: Float64Array

  constructor(size: number) {
    this.values = new Float64Array(size).fill(Number.NaN)
  }

  set(row: number, value: number | null): void {
    this.values[row] = value ?? Number.NaN
  }

  at(row: number): number {
    return this.values[row] ?? Number.NaN
  }
}

/** A text for each of many rows; null: none. Each distinct text is kept once, and has a code. */
export class TextColumn {
  readonly distinct: (string | null)[] = []
  private readonly codes = new Map<string | null, number>()
  private readonly ofRows: Uint32Array

  constructor(size: number) {
    this.ofRows = new Uint32Array(size)
  }

  set(row: number, text: string | null): void {
    const code = this.codes.get(text) ?? this.distinct.push(text) - 1
    this.codes.set(text, code)
    this.ofRows[row] = code
  }

  at(row: number): string | null {
    return this.distinct[this.codeAt(row)] ?? null
  }

  codeAt(row: number): number {
    return this.ofRows[row] ?? 0
  }

  codeOf(text: string): number | undefined {
    return this.codes.get(text)
  }
}
