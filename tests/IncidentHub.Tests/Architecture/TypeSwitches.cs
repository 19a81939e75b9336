using Mono.Cecil;
using Mono.Cecil.Cil;

namespace IncidentHub.Tests.Architecture;

/// <summary>A method that distinguishes types, read from the compiled code.</summary>
/// <param name="Cases">Full names of the types that it distinguishes.</param>
/// <param name="Throws">It throws for a value of any other type.</param>
internal sealed record TypeSwitch(string Method, IReadOnlySet<string> Cases, bool Throws)
{
    public static IReadOnlyList<TypeSwitch> In(System.Reflection.Assembly assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly.Location);
        return
        [
            .. from type in module.GetTypes()
               from method in type.Methods
               where method.HasBody
               let asked = method.Body.Instructions.Where(i => i.OpCode == OpCodes.Isinst).Select(i => NameOf((TypeReference)i.Operand))
                   .ToHashSet()
               where asked.Count > 0
               select new TypeSwitch($"{NameOf(type)}.{method.Name}", asked, method.Body.Instructions.Any(IsThrown)),
        ];
    }

    /// <summary>Full names of the types that each class of the assembly creates.</summary>
    public static ILookup<string, string> MadeIn(System.Reflection.Assembly assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly.Location);
        return (
            from type in module.GetTypes()
            from method in type.Methods
            where method.HasBody
            from instruction in method.Body.Instructions
            where instruction.OpCode == OpCodes.Newobj
            select (Made: NameOf(((MethodReference)instruction.Operand).DeclaringType), By: NameOf(Outermost(type))))
            .Distinct().ToLookup(m => m.By, m => m.Made);
    }

    // The last arm of a switch over types throws this exception, or one of the compiler's.
    private static bool IsThrown(Instruction i) => i.Operand is MethodReference called
        && (called.DeclaringType.Name is nameof(ArgumentOutOfRangeException)
            || called.Name.StartsWith("ThrowSwitchExpressionException", StringComparison.Ordinal));

    // In the format of System.Type.
    private static string NameOf(TypeReference type) => type.FullName.Replace('/', '+');

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
