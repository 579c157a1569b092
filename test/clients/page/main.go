package main

import (
	"context"
	"fmt"
	"log"

	"github.com/hanzoai/commerce/sdk"
)

func main() {
	ctx := context.Background()
	client := sdk.NewClient("dev:dev", sdk.WithBaseURL("http://localhost:8787"))

	customer, err := client.Customers.Create(ctx, &sdk.CustomerInput{
		Email:     "jane@example.com",
		FirstName: "Jane",
		LastName:  "Doe",
		Password:  "secure-password",
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(customer.ID, customer.Email)
}
