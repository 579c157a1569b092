import { encodePath } from './encode.ts'
import { type List, list } from './list.ts'
import type { AddAddress, Address, UpdateAddress } from './model.ts'
import { readArgumentsWithOptionalId } from './read-arguments-with-optional-id.ts'
import type { CallOptions, Send } from './request.ts'

/** A customer's addresses. See `customers` for the errors of every call. */
export function addressesApi(send: Send) {
  function addAddress(id: string, input: AddAddress, options?: CallOptions): Promise<Address>
  function addAddress(input: AddAddress, options?: CallOptions): Promise<Address>
  function addAddress(...given: readonly unknown[]): Promise<Address> {
    const [id, body, options] = readArgumentsWithOptionalId<AddAddress>(given)
    return send({
      method: 'POST',
      path: encodePath`/customer/${id}/address`,
      body,
      keyed: true,
      options,
    })
  }

  return {
    /** The addresses of the customer, the oldest first. Without an id, those of the session's own customer. */
    listAddresses: (id = 'me', options?: CallOptions): List<Address> =>
      list(send, encodePath`/customer/${id}/address`, {}, options),

    /**
     * Adds an address. Without an id, to the session's own customer. The same address is not stored twice: the answer is the existing one.
     * `address_limit_reached`, `invalid_input`.
     */
    addAddress,

    /** An address by its id. `address_not_found`. */
    retrieveAddress: (id: string, addressId: string, options?: CallOptions): Promise<Address> =>
      send({ method: 'GET', path: encodePath`/customer/${id}/address/${addressId}`, options }),

    /** Changes the named fields of an address; null clears one. `address_not_found`, `address_exists`, `precondition_failed`. */
    updateAddress: (
      id: string,
      addressId: string,
      input: UpdateAddress,
      options?: CallOptions,
    ): Promise<Address> =>
      send({
        method: 'PATCH',
        path: encodePath`/customer/${id}/address/${addressId}`,
        body: input,
        options,
      }),

    /** Removes an address. The address that was added or changed last takes over its defaults. `address_not_found`, `precondition_failed`. */
    removeAddress: (id: string, addressId: string, options?: CallOptions): Promise<void> =>
      send({ method: 'DELETE', path: encodePath`/customer/${id}/address/${addressId}`, options }),
  }
}
