import { Numbers, Texts } from './column.ts'

/** The customers of a tenant in memory, in columns: as readers see them, and with the keys that follow from what they see. */
export class Customers {
  readonly id: Texts
  readonly externalId: Texts
  readonly emailKey: Texts
  readonly firstNameKey: Texts
  readonly lastNameKey: Texts
  readonly phone: Texts
  readonly locale: Texts
  readonly status: Texts
  /** 1: verified. */
  readonly emailVerified: Numbers
  /** A JSON object. */
  readonly metadata: Texts
  /** A JSON object. */
  readonly consents: Texts
  /** The keys of the groups, one in a line, and a line break before the first. */
  readonly groups: Texts
  readonly orderCount: Numbers
  readonly totalSpent: Numbers
  /** Moments are microseconds. */
  readonly lastOrderAt: Numbers
  readonly createdAt: Numbers
  readonly updatedAt: Numbers
  readonly addresses: Addresses
  /** The row of the customer who has an order, by its id. */
  readonly owners = new Map<string, number>()
  readonly size: number

  constructor(size: number, addresses: number) {
    this.size = size
    this.id = new Texts(size)
    this.externalId = new Texts(size)
    this.emailKey = new Texts(size)
    this.firstNameKey = new Texts(size)
    this.lastNameKey = new Texts(size)
    this.phone = new Texts(size)
    this.locale = new Texts(size)
    this.status = new Texts(size)
    this.emailVerified = new Numbers(size)
    this.metadata = new Texts(size)
    this.consents = new Texts(size)
    this.groups = new Texts(size)
    this.orderCount = new Numbers(size)
    this.totalSpent = new Numbers(size)
    this.lastOrderAt = new Numbers(size)
    this.createdAt = new Numbers(size)
    this.updatedAt = new Numbers(size)
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
  readonly country: Texts
  readonly phone: Texts
  /** What finds an address: each key in a line, with its kind before it. */
  readonly cityKeys: Texts
  readonly postalKeys: Texts
  readonly streetKeys: Texts
  readonly companyKeys: Texts
  /** The first address of each customer, and how many there are. */
  private readonly first: Uint32Array
  private readonly counts: Uint32Array

  constructor(customers: number, size: number) {
    this.country = new Texts(size)
    this.phone = new Texts(size)
    this.cityKeys = new Texts(size)
    this.postalKeys = new Texts(size)
    this.streetKeys = new Texts(size)
    this.companyKeys = new Texts(size)
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
