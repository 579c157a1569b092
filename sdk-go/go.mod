module github.com/hanzoai/commerce/sdk

go 1.19
