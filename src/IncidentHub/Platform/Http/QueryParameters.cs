using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Primitives;

namespace IncidentHub.Platform.Http;

/// <summary>
/// Validates the query string of an API call against the parameters of its endpoint before they are bound: unknown, repeated and unreadable
/// parameters are refused by name. The names of enum members are case-insensitive.
/// </summary>
internal sealed class QueryParametersMiddleware(RequestDelegate next)
{
    private static readonly ConcurrentDictionary<Endpoint, IReadOnlyDictionary<string, Type>> Known = new();

    public Task InvokeAsync(HttpContext http)
    {
        if (Check(http) is { } refusal) return refusal.ToHttp().ExecuteAsync(http);
        return next(http);
    }

    /// <summary>
    /// Normalises the query string for binding; the refusal of what the endpoint does not take. Not of OFREP, whose later versions may add
    /// parameters.
    /// </summary>
    public static Refusal? Check(HttpContext http)
    {
        if (!http.Request.QueryString.HasValue || http.Request.Query.Count == 0
            || http.GetEndpoint() is not RouteEndpoint { RoutePattern.RawText: ['/', 'a', 'p', 'i', '/', ..] } endpoint) return null;
        var parameters = Known.GetOrAdd(endpoint, ParametersOf);
        var check = new Validation();
        var read = new Dictionary<string, StringValues>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in http.Request.Query)
        {
            if (!parameters.TryGetValue(name, out var type))
            {
                var takes = parameters.Count == 0 ? "none" : string.Join(", ", parameters.Keys.Order(StringComparer.Ordinal));
                check.Check(false, name, $"There is no such parameter. Query parameters of this call: {takes}.");
                continue;
            }
            if (!type.IsArray && values.Count > 1) check.Check(false, name, "Give this parameter once.");
            var given = values.Select(v => v?.Trim()).ToArray();
            foreach (var value in given)
            {
                if (!string.IsNullOrEmpty(value) && Fault(type, value) is { } fault) check.Check(false, name, fault);
            }
            read[name] = type.IsEnum ? new StringValues([.. given.Select(v => Canonical(type, v))]) : new StringValues(given);
        }
        if (check.ToRefusal() is { } refusal) return refusal;
        http.Request.Query = new QueryCollection(read);
        return null;
    }

    private static Dictionary<string, Type> ParametersOf(Endpoint endpoint)
    {
        var inPath = (endpoint as RouteEndpoint)?.RoutePattern.Parameters.Select(p => p.Name)
            .ToHashSet(StringComparer.OrdinalIgnoreCase) ?? [];
        return endpoint.Metadata.GetOrderedMetadata<IParameterBindingMetadata>()
            .Where(p => IsSimple(p.ParameterInfo.ParameterType) && !inPath.Contains(p.Name))
            .ToDictionary(p => p.Name, p => Inner(p.ParameterInfo), StringComparer.OrdinalIgnoreCase);
    }

    private static Type Inner(ParameterInfo parameter) =>
        Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;

    private static bool IsSimple(Type type)
    {
        var inner = Nullable.GetUnderlyingType(type) ?? (type.IsArray ? type.GetElementType()! : type);
        return inner == typeof(string) || inner.IsEnum || inner == typeof(bool) || inner == typeof(int) || inner == typeof(long)
            || inner == typeof(Guid) || inner == typeof(DateTimeOffset) || inner == typeof(DateOnly);
    }

    private static string? Canonical(Type type, string? value) =>
        Enum.GetNames(type).FirstOrDefault(n => string.Equals(n, value, StringComparison.OrdinalIgnoreCase)) ?? value;

    /// <summary>The error of the value, or null.</summary>
    private static string? Fault(Type type, string value)
    {
        var inner = type.IsArray ? type.GetElementType()! : type;
        if (inner == typeof(DateTimeOffset)) return Rfc3339.IsTime(value) ? null : Rfc3339.Form;
        if (inner == typeof(DateOnly))
            return DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
                ? null : "A date such as 2026-11-20.";
        if (inner == typeof(int)) return int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            ? null : "A whole number.";
        if (inner == typeof(long)) return long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            ? null : "A whole number.";
        if (inner == typeof(bool)) return bool.TryParse(value, out _) ? null : "true or false.";
        if (inner == typeof(Guid)) return Guid.TryParse(value, out _) ? null : "An id as it was answered.";
        if (!inner.IsEnum) return null;
        return Enum.GetNames(inner).Contains(value, StringComparer.OrdinalIgnoreCase) ? null : Codes.Allowed(inner);
    }
}

/// <summary>Marks the endpoints of the API.</summary>
internal sealed class ApiEndpoint
{
    public static readonly ApiEndpoint Mark = new();
}
