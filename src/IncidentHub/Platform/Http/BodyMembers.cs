using System.Reflection;

namespace IncidentHub.Platform.Http;

/// <summary>The members of request bodies, by the path that the JSON reader reports.</summary>
internal static class BodyMembers
{
    /// <summary>The type at a path such as <c>levels[2].pause</c>; null where the body has no such member.</summary>
    public static Type? TypeAt(Type body, string path)
    {
        var type = body;
        foreach (var step in path.Split('.'))
        {
            var name = step.Split('[')[0];
            var member = type.GetProperties().FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase));
            if (member is null) return null;
            type = step.EndsWith(']') ? Item(member) : Inner(member.PropertyType);
        }
        return type;
    }

    private static Type Item(PropertyInfo list) => list.PropertyType.IsArray
        ? Inner(list.PropertyType.GetElementType()!)
        : Inner(list.PropertyType.GenericTypeArguments.FirstOrDefault() ?? typeof(object));

    private static Type Inner(Type type) => Nullable.GetUnderlyingType(type) ?? type;
}
