import { type AtlasClient, type PrivateLinkConnectionRequest, unlisted } from "../../../src/index.js";

declare const atlas: AtlasClient;
const groupId = "32b6e34b3d91647abb20e7b8";
const connectionId = "66f0c1d2e3a4b5c6d7e8f901";
const arn = "arn:aws:kafka:us-east-1:123456789012:cluster/orders/6ba7b810-9dad-11d1-80b4-00c04fd430c8-1";
const region = "us-east-1";
const serviceEndpointId = "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0";
const dnsDomain = "sample.us-east-1.aws.confluent.cloud";
const azureResourceIds = ["/subscriptions/0/privateLinkServices/d-xyz98-privatelink-1"];
const gcpServiceAttachmentUris = ["projects/sample/regions/us-central1/serviceAttachments/a"];
const create = (body: PrivateLinkConnectionRequest) => atlas.privateLinkConnections.create({ groupId, body });

// What is missing.

// @ts-expect-error An MSK cluster is named by its arn. TS2345: Property 'arn' is missing in type '{ provider: "AWS"; vendor: "MSK"; }' but required in type 'AwsMskRequest'
create({ provider: "AWS", vendor: "MSK" });
// @ts-expect-error Confluent at AWS is named by its endpoint service. TS2345: Property 'serviceEndpointId' is missing
create({ provider: "AWS", vendor: "CONFLUENT", region });
// @ts-expect-error Confluent at AWS is in a region. TS2345: Property 'region' is missing
create({ provider: "AWS", vendor: "CONFLUENT", serviceEndpointId });
// @ts-expect-error Kinesis is in a region. TS2345: Property 'region' is missing
create({ provider: "AWS", vendor: "KINESIS", serviceEndpointId });
// @ts-expect-error S3 is named by its regional service. TS2345: Property 'serviceEndpointId' is missing
create({ provider: "AWS", vendor: "S3", region });
// @ts-expect-error Lambda is in a region. TS2345: Property 'region' is missing
create({ provider: "AWS", vendor: "LAMBDA", serviceEndpointId });
// @ts-expect-error An Event Hubs namespace has a host name. TS2345: Property 'dnsDomain' is missing
create({ provider: "AZURE", vendor: "EVENTHUB", region, serviceEndpointId });
// @ts-expect-error Confluent at Azure is named by its resource ids. TS2345: Property 'azureResourceIds' is missing
create({ provider: "AZURE", vendor: "CONFLUENT", region, dnsDomain });
// @ts-expect-error Blob Storage is named by its resource id. TS2345: Property 'serviceEndpointId' is missing
create({ provider: "AZURE", vendor: "AZURE_BLOB_STORAGE", region, dnsDomain });
// @ts-expect-error Confluent at Google Cloud is named by its service attachments. TS2345: Property 'gcpServiceAttachmentUris' is missing
create({ provider: "GCP", vendor: "CONFLUENT", region, dnsDomain });
// @ts-expect-error Pub/Sub is in a region. TS2345: Property 'region' is missing
create({ provider: "GCP", vendor: "PUBSUB" });
// @ts-expect-error Only at Azure may the vendor be left out. TS2345: Property 'vendor' is missing in type '{ provider: "AWS"; region: string; serviceEndpointId: string; }'
create({ provider: "AWS", region, serviceEndpointId });
// @ts-expect-error Nothing goes without a provider. TS2345: Property 'provider' is missing
create({ vendor: "MSK", arn });

// @ts-expect-error A vendor that was forgotten at Azure is missed, and not the fields of GENERIC. TS2345: missing the following properties from type 'AzureEventHubRequest': vendor, serviceEndpointId
create({ provider: "AZURE", region, dnsDomain });
// @ts-expect-error With a field that only one vendor has, that vendor is missed. TS2345: but required in type 'AzureConfluentRequest'
create({ provider: "AZURE", region, dnsDomain, azureResourceIds });

// What is too much.

// @ts-expect-error The region of an MSK cluster stands in its arn. TS2353: 'region' does not exist in type 'AwsMskRequest'
create({ provider: "AWS", vendor: "MSK", arn, region });
// @ts-expect-error S3 has no domain. TS2353: 'dnsDomain' does not exist in type 'AwsS3Request'
create({ provider: "AWS", vendor: "S3", region, serviceEndpointId, dnsDomain });
// @ts-expect-error Confluent at Azure has no service endpoint. TS2353: 'serviceEndpointId' does not exist in type 'AzureConfluentRequest'
create({ provider: "AZURE", vendor: "CONFLUENT", region, dnsDomain, azureResourceIds, serviceEndpointId });
// @ts-expect-error Confluent at Google Cloud has none either. TS2353: 'serviceEndpointId' does not exist in type 'GcpConfluentRequest'
create({ provider: "GCP", vendor: "CONFLUENT", region, dnsDomain, gcpServiceAttachmentUris, serviceEndpointId });
// @ts-expect-error The domain of Pub/Sub is found by the service. TS2353: 'dnsDomain' does not exist in type 'GcpPubSubRequest'
create({ provider: "GCP", vendor: "PUBSUB", region, dnsDomain });
// @ts-expect-error A misspelt field is no field. TS2561: Did you mean to write 'dnsSubDomain'?
create({ provider: "AWS", vendor: "CONFLUENT", region, serviceEndpointId, dnsSubDomains: [] });
// @ts-expect-error The id is the service's to give. TS2353: '_id' does not exist
create({ provider: "AWS", vendor: "MSK", arn, _id: connectionId });
// @ts-expect-error The state is the service's to say. TS2353: 'state' does not exist
create({ provider: "AWS", vendor: "MSK", arn, state: "DONE" });
// @ts-expect-error The reason of a failure is the service's to give. TS2353: 'errorMessage' does not exist
create({ provider: "AWS", vendor: "MSK", arn, errorMessage: "" });
// @ts-expect-error The interface endpoint is made by the service. TS2353: 'interfaceEndpointId' does not exist
create({ provider: "AWS", vendor: "S3", region, serviceEndpointId, interfaceEndpointId: "vpce-0123456789abcdef0" });
// @ts-expect-error The account is the service's to name. TS2353: 'providerAccountId' does not exist
create({ provider: "AWS", vendor: "KINESIS", region, providerAccountId: "111122223333" });

// @ts-expect-error A generic connection at Azure has no arn. TS2353: 'arn' does not exist
create({ provider: "AZURE", region, dnsDomain, serviceEndpointId, arn });
// @ts-expect-error A misspelt field without a vendor. TS2561: Did you mean to write 'region'?
create({ provider: "AZURE", regoin: region, region, dnsDomain, serviceEndpointId });
// @ts-expect-error A new vendor is marked together with its provider. TS2345: 'vendor' are incompatible
create({ provider: "AWS", vendor: unlisted("ONE_OF_TOMORROW"), region });

// @ts-expect-error A misspelt field is none of the request that is meant. TS2561: 'dnsDomian' does not exist in type 'AzureEventHubRequest'. Did you mean to write 'dnsDomain'?
create({ provider: "AZURE", vendor: "EVENTHUB", region, dnsDomian: dnsDomain, serviceEndpointId });
// @ts-expect-error A misspelt vendor is no vendor that is left out. TS2561: Did you mean to write 'vendor'?
create({ provider: "AZURE", vendors: "GENERIC", region, dnsDomain, serviceEndpointId });

// What is of the wrong kind.

// @ts-expect-error Event Hubs is not a vendor at AWS. TS2345: Type '"EVENTHUB"' is not assignable to type
create({ provider: "AWS", vendor: "EVENTHUB", region, dnsDomain, serviceEndpointId });
// @ts-expect-error MSK is not a vendor at Google Cloud. TS2345: Type '"MSK"' is not assignable to type
create({ provider: "GCP", vendor: "MSK", region });
// @ts-expect-error A connection without a vendor is generic at Azure alone. TS2345: Type '"GENERIC"' is not assignable to type
create({ provider: "AWS", vendor: "GENERIC", region, dnsDomain, serviceEndpointId });
// @ts-expect-error Vendors are written in capitals. TS2820: Did you mean '"MSK"'?
create({ provider: "AWS", vendor: "msk", arn });
// @ts-expect-error Providers are written in capitals. TS2820: Did you mean '"AZURE"'?
create({ provider: "Azure", vendor: "EVENTHUB", region, dnsDomain, serviceEndpointId });
// @ts-expect-error A vendor that is newer than this client has to be marked as such, and the complaint says how. TS2322: | (typeof UnlistedValue)["see unlisted()"]
create({ provider: "AWS", vendor: "ONE_OF_TOMORROW", region });
// @ts-expect-error A region is a text. TS2322: Type 'number' is not assignable to type 'string'
create({ provider: "AWS", vendor: "S3", region: 1, serviceEndpointId });
// @ts-expect-error Subdomains are a list. TS2322: Type 'string' is not assignable to type 'string[]'
create({ provider: "AWS", vendor: "CONFLUENT", region, serviceEndpointId, dnsSubDomain: "use1-az1" });
// @ts-expect-error What may be left out is not null. TS2322: Type 'null' is not assignable to type 'string | undefined'
create({ provider: "AWS", vendor: "CONFLUENT", region, serviceEndpointId, dnsDomain: null });
// @ts-expect-error What may be left out is not undefined either. TS2345: with 'exactOptionalPropertyTypes: true'
create({ provider: "AWS", vendor: "KINESIS", region, serviceEndpointId: undefined });
