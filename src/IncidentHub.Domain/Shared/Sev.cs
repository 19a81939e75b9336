namespace IncidentHub.Domain;

/// <summary>Severity, 0 the most severe. The name always stands beside the number.</summary>
public enum Sev { Catastrophic = 0, Critical = 1, Major = 2, Moderate = 3, Minor = 4, Notice = 5 }

/// <summary>How a SEV is written.</summary>
public static class SevText
{
    /// <summary>«SEV 2 Major».</summary>
    public static string Label(this Sev sev) => $"SEV {(int)sev} {sev}";

    /// <summary>The worse of two: if unsure, the more severe one holds.</summary>
    public static Sev Worse(Sev a, Sev b) => a < b ? a : b;
}
