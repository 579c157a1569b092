import { NumberColumn, TextColumn } from './number-and-text-column.ts'

/** The customers of a tenant in memory, in columns: as readers see them, and with the keys that follow from what they see. */
export class Customers {
  readonly id: TextColumn
  readonly externalId: TextColumn
  readonly emailKey: TextColumn
  readonly firstNameKey: TextColumn
  readonly lastNameKey: TextColumn
  readonly phone: TextColumn
  readonly locale: TextColumn
  readonly status: TextColumn
  /** 1: verified. */
  readonly emailVerified: NumberColumn
  /** A JSON object. */
  readonly metadata: TextColumn
  /** A JSON object. */
  readonly consents: TextColumn
  /** The keys of the groups, one in a line, and a line break before the first. */
  readonly groups: TextColumn
  readonly orderCount: NumberColumn
  readonly totalSpent: NumberColumn
  /** Moments are microseconds. */
  readonly lastOrderAt: NumberColumn
  readonly createdAt: NumberColumn
  readonly updatedAt: NumberColumn
  readonly addresses: Addresses
  /** The row of the customer who has an order, by its id. */
  readonly owners = new Map<string, number>()
  readonly size: number

  constructor(size: number, addresses: number) {
    this.size = size
    this.id = new TextColumn(size)
    this.externalId = new TextColumn(size)
    this.emailKey = new TextColumn(size)
    this.firstNameKey = new TextColumn(size)
    this.lastNameKey = new TextColumn(size)
    this.phone = new TextColumn(size)
    this.locale = new TextColumn(size)
    this.status = new TextColumn(size)
    this.emailVerified = new NumberColumn(size)
    this.metadata = new TextColumn(size)
    this.consents = new TextColumn(size)
    this.groups = new TextColumn(size)
    this.orderCount = new NumberColumn(size)
    this.totalSpent = new NumberColumn(size)
    this.lastOrderAt = new NumberColumn(size)
    this.createdAt = new NumberColumn(size)
    this.updatedAt = new NumberColumn(size)
    this.addresses = new Addresses(size, addresses)
  }

  /** The row of a customer. */
  rowOf(id: string): number | undefined {
    return this.id.codeOf(id)
  }

  idAt(row: number): string {
    return this.id.at(row) ?? ''
  }
}

/** Their addresses, those of a customer together. */
export class Addresses {
  readonly country: TextColumn
  readonly phone: TextColumn
  /** What finds an address: each key in a line, with its kind before it. */
  readonly cityKeys: TextColumn
  readonly postalKeys: TextColumn
  readonly streetKeys: TextColumn
  readonly companyKeys: TextColumn
  /** The first address of each customer, and how many there are. */
  private readonly first: Uint32Array
  private readonly counts: Uint32Array

  constructor(customers: number, size: number) {
    this.country = new TextColumn(size)
    this.phone = new TextColumn(size)
    this.cityKeys = new TextColumn(size)
    this.postalKeys = new TextColumn(size)
    this.streetKeys = new TextColumn(size)
    this.companyKeys = new TextColumn(size)
    this.first = new Uint32Array(customers)
    this.counts = new Uint32Array(customers)
  }

  /** Gives a customer its next address; all of a customer come after each other. */
  add(customer: number, address: number): void {
    const count = this.counts[customer] ?? 0
    if (count === 0) this.first[customer] = address
    this.counts[customer] = count + 1
  }

  /** Whether any address of a customer passes a test. */
  some(customer: number, test: (address: number) => boolean): boolean {
    const first = this.first[customer] ?? 0
    const end = first + (this.counts[customer] ?? 0)
    for (let address = first; address < end; address++) if (test(address)) return true
    return false
  }
}
