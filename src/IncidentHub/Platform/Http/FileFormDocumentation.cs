using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace IncidentHub.Platform.Http;

/// <summary>The description of a <see cref="FileForm"/> in the OpenAPI document.</summary>
internal static class FileFormDocumentation
{
    /// <param name="fields">What the form may have beside its file.</param>
    public static RouteHandlerBuilder DescribesFileForm(
        this RouteHandlerBuilder route, IReadOnlyDictionary<string, OpenApiSchema> fields, params string[] required) =>
        route.DescribesForm(fields, [.. required, "file"]);

    /// <summary>The same for a form whose file is optional.</summary>
    public static RouteHandlerBuilder DescribesForm(
        this RouteHandlerBuilder route, IReadOnlyDictionary<string, OpenApiSchema> fields, params string[] required) =>
        route.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            var file = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" };
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["multipart/form-data"] = new()
                    {
                        Schema = new OpenApiSchema
                        {
                            Type = JsonSchemaType.Object,
                            Required = new HashSet<string>(required),
                            Properties = fields.Append(new("file", file)).ToDictionary(f => f.Key, f => (IOpenApiSchema)f.Value),
                        },
                    },
                },
            };
            return Task.CompletedTask;
        });

    public static OpenApiSchema OneOf<T>() where T : struct, Enum =>
        new() { Type = JsonSchemaType.String, Enum = [.. Enum.GetNames<T>().Select(n => (JsonNode)n)] };

    public static OpenApiSchema Text => new() { Type = JsonSchemaType.String };
}
