using System.Text.Json;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace IncidentHub.Platform.Http;

/// <summary>At least one of the groups of members, whose names are separated by blanks, must be sent.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class RequiresOneOfAttribute(params string[] groups) : Attribute
{
    public IEnumerable<string[]> Groups => groups.Select(g => g.Split(' '));
}

/// <summary>
/// The OpenAPI document. Members of a request are required where they have the attribute <see cref="RequiredAttribute"/>: all of them are
/// nullable in code, so that a missing one is refused by the rules, at its field. A test sends the smallest body of every operation.
/// </summary>
internal static class OpenApiDocumentation
{
    public static void AddOpenApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", o =>
    {
        o.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        o.AddSchemaTransformer(WriteText);
        o.AddOperationTransformer(WriteHeaders);
        o.AddDocumentTransformer(WriteSecurity);
        o.AddDocumentTransformer(WriteRequired);
    });

    /// <summary>Adds the responses that depend on what the endpoint takes.</summary>
    public static void AddResponses(EndpointBuilder endpoint)
    {
        var method = endpoint.Metadata.OfType<IHttpMethodMetadata>().LastOrDefault()?.HttpMethods[0] ?? HttpMethods.Get;
        void Problem(int status) =>
            endpoint.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(ProblemDetails), ["application/problem+json"]));
        if (endpoint.Metadata.OfType<IAcceptsMetadata>().Any())
        {
            Problem(StatusCodes.Status413PayloadTooLarge);
            Problem(StatusCodes.Status415UnsupportedMediaType);
        }
        if (IdempotencyMiddleware.IsTakenBy([.. endpoint.Metadata], method)) Problem(StatusCodes.Status422UnprocessableEntity);
        if (HasEntityTag([.. endpoint.Metadata], method))
            endpoint.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status304NotModified, typeof(void)));
    }

    /// <summary>Every type that a body of the endpoints contains.</summary>
    public static IReadOnlySet<Type> BodyTypes(IEnumerable<Endpoint> endpoints, JsonSerializerOptions options)
    {
        var found = new HashSet<Type>();
        foreach (var endpoint in endpoints)
        {
            if (endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is { } type) Find(type);
        }
        return found;

        void Find(Type type)
        {
            var info = options.GetTypeInfo(type);
            if (info.Kind == JsonTypeInfoKind.Enumerable && info.ElementType is { } element) Find(element);
            else if (info.Kind == JsonTypeInfoKind.Object && found.Add(type)) foreach (var p in info.Properties) Find(p.PropertyType);
        }
    }

    /// <summary>Whether the member of a body must be sent.</summary>
    public static bool IsRequired(JsonPropertyInfo property) =>
        Has(property.AttributeProvider) || Has(property.AssociatedParameter?.AttributeProvider);

    private static bool Has(ICustomAttributeProvider? provider) => provider?.IsDefined(typeof(RequiredAttribute), inherit: false) == true;

    // The converters of times and of enumerations have no schema of their own.
    private static Task WriteText(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken ct)
    {
        if (context.JsonTypeInfo is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element } && IsText(element))
            schema.Items = Text(new OpenApiSchema(), element);
        else if (IsText(context.JsonTypeInfo.Type)) Text(schema, context.JsonTypeInfo.Type);
        return Task.CompletedTask;
    }

    private static bool IsText(Type type) => Nullable.GetUnderlyingType(type) is { } inner
        ? IsText(inner) : type.IsEnum || type == typeof(DateTimeOffset);

    private static OpenApiSchema Text(OpenApiSchema schema, Type type)
    {
        var inner = Nullable.GetUnderlyingType(type);
        schema.Type = inner is null ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
        if ((inner ?? type) is not { IsEnum: true } members) return schema;
        schema.Enum = [.. Enum.GetNames(members)];
        if (inner is not null) schema.Enum.Add(null!);
        return schema;
    }

    private static Task WriteHeaders(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var method = context.Description.HttpMethod!;
        if (HasEntityTag([.. metadata], method))
            Header("If-None-Match", "The ETag of an earlier response: 304 where nothing has changed.");
        if (!IdempotencyMiddleware.IsTakenBy([.. metadata], method)) return Task.CompletedTask;
        Header("If-Match", "The ETag of the response that was read: 412 where the thing was changed since.");
        Header(
            IdempotencyMiddleware.Header,
            "A key of the caller's choice, such as a UUID: for 24 hours, the same key with the same request gets the same response and "
                + "acts once; with another request it is refused with 422.",
            IdempotencyMiddleware.MaxKey);
        return Task.CompletedTask;

        void Header(string name, string description, int? maxLength = null) => (operation.Parameters ??= []).Add(new OpenApiParameter
        {
            Name = name,
            In = ParameterLocation.Header,
            Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = maxLength },
        });
    }

    // Exports have none.
    private static bool HasEntityTag(IReadOnlyList<object> metadata, string method) =>
        HttpMethods.IsGet(method) && metadata.OfType<ApiEndpoint>().Any() && metadata.OfType<IProducesResponseTypeMetadata>()
            .Any(p => p.StatusCode == StatusCodes.Status200OK && p.ContentTypes.Contains("application/json"));

    private static Task WriteSecurity(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken ct)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes["key"] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "A key; X-API-Key holds one as well. Browsers that are signed in need none.",
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("key", document)] = [] }];
        return Task.CompletedTask;
    }

    private static Task WriteRequired(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken ct)
    {
        var options = context.ApplicationServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var endpoints = context.ApplicationServices.GetRequiredService<EndpointDataSource>().Endpoints;
        foreach (var type in BodyTypes(endpoints, options))
        {
            if (document.Components?.Schemas is not { } all || !all.TryGetValue(type.Name, out var found)
                || found is not OpenApiSchema { Properties: { } properties } schema) continue;
            var required = options.GetTypeInfo(type).Properties.Where(IsRequired).Select(p => p.Name).ToHashSet();
            schema.Required = required;
            foreach (var name in required) properties[name] = NotNull(properties[name]);
            if (type.GetCustomAttribute<RequiresOneOfAttribute>() is { } one)
                schema.AnyOf = [.. one.Groups.Select(g => new OpenApiSchema { Required = g.ToHashSet() })];
        }
        return Task.CompletedTask;
    }

    private static IOpenApiSchema NotNull(IOpenApiSchema schema)
    {
        if (schema is not OpenApiSchema own) return schema;
        if (own.OneOf?.FirstOrDefault(s => s.Type != JsonSchemaType.Null) is { } other) return other;
        own.Type &= ~JsonSchemaType.Null;
        return own;
    }
}
