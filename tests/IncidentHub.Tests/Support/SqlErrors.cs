using System.Reflection;
using Microsoft.Data.SqlClient;

namespace IncidentHub.Tests.Support;

/// <summary>Errors of SQL Server without a server: the client has no public way to make one.</summary>
internal static class SqlErrors
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic;

    public static SqlException Of(params int[] numbers)
    {
        var errors = (SqlErrorCollection)Activator.CreateInstance(typeof(SqlErrorCollection), nonPublic: true)!;
        var add = typeof(SqlErrorCollection).GetMethod("Add", Hidden)!;
        foreach (var number in numbers) add.Invoke(errors, [Error(number)]);
        var make = typeof(SqlException).GetMethods(Hidden).First(m => m.Name == "CreateException"
            && m.GetParameters().Select(p => p.ParameterType).Take(2).SequenceEqual([typeof(SqlErrorCollection), typeof(string)]));
        return (SqlException)make.Invoke(null, [errors, "16.0", .. make.GetParameters().Skip(2).Select(p => Default(p.ParameterType))])!;
    }

    private static object Error(int number)
    {
        var constructor = typeof(SqlError).GetConstructors(Hidden).First(c => c.GetParameters()[0].ParameterType == typeof(int));
        return constructor.Invoke([number, .. constructor.GetParameters().Skip(1).Select(p =>
            p.ParameterType == typeof(string) ? "an error" : Default(p.ParameterType))]);
    }

    private static object? Default(Type type) => type.IsValueType ? Activator.CreateInstance(type) : null;
}
