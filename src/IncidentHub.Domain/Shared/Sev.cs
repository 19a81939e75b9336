namespace IncidentHub.Domain;

/// <summary>Severity, 0 is the most severe. The name is always shown with the number.</summary>
public enum Sev { Catastrophic = 0, Critical = 1, Major = 2, Moderate = 3, Minor = 4, Notice = 5 }

/// <summary>Text of a SEV.</summary>
public static class SevText
{
    /// <summary>«SEV 2 Major».</summary>
    public static string Label(this Sev sev) => $"SEV {(int)sev} {sev}";

    /// <summary>The more severe of two.</summary>
    public static Sev Worse(Sev a, Sev b) => a < b ? a : b;
}
