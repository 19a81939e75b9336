using Mono.Cecil;

namespace IncidentHub.Tests.Architecture;

/// <summary>
/// The dependencies between the types of an assembly, read from the compiled code: signatures, attributes and the bodies of all methods.
/// </summary>
internal static class TypeDependencies
{
    /// <summary>One for each pair of types of the hub's own assemblies.</summary>
    public static IEnumerable<(TypeDefinition From, TypeReference To)> Of(System.Reflection.Assembly assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly.Location);
        foreach (var type in module.GetTypes())
        {
            var named = new Dictionary<string, TypeReference>();
            Read(type, reference => Take(named, reference));
            foreach (var to in named.Values) yield return (type, to);
        }
    }

    /// <summary>The namespace of the outermost type.</summary>
    public static string? NamespaceOf(TypeReference type) => type.DeclaringType is { } outer ? NamespaceOf(outer) : type.Namespace;

    private static void Take(Dictionary<string, TypeReference> named, TypeReference? reference)
    {
        if (reference is null or GenericParameter) return;
        if (reference is GenericInstanceType generic)
        {
            foreach (var argument in generic.GenericArguments) Take(named, argument);
        }
        if (reference is TypeSpecification made)
        {
            Take(named, made.ElementType);
            return;
        }
        if (NamespaceOf(reference)?.StartsWith("IncidentHub", StringComparison.Ordinal) == true)
            named.TryAdd(reference.FullName, reference);
    }

    private static void Read(TypeDefinition type, Action<TypeReference?> take)
    {
        take(type.BaseType);
        foreach (var i in type.Interfaces) take(i.InterfaceType);
        foreach (var a in type.CustomAttributes) take(a.AttributeType);
        foreach (var f in type.Fields) take(f.FieldType);
        foreach (var p in type.Properties) take(p.PropertyType);
        foreach (var e in type.Events) take(e.EventType);
        foreach (var method in type.Methods)
        {
            take(method.ReturnType);
            foreach (var p in method.Parameters) take(p.ParameterType);
            foreach (var c in method.GenericParameters.SelectMany(g => g.Constraints)) take(c.ConstraintType);
            if (method.HasBody) Read(method.Body, take);
        }
    }

    private static void Read(Mono.Cecil.Cil.MethodBody body, Action<TypeReference?> take)
    {
        foreach (var local in body.Variables) take(local.VariableType);
        foreach (var operand in body.Instructions.Select(i => i.Operand))
        {
            if (operand is TypeReference type) take(type);
            if (operand is not MemberReference member) continue;
            take(member.DeclaringType);
            if (member is GenericInstanceMethod generic)
            {
                foreach (var argument in generic.GenericArguments) take(argument);
            }
        }
    }
}
