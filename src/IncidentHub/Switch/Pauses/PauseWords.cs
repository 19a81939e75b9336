using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Programs;

namespace IncidentHub.Switch.Pauses;

/// <summary>Display texts of pauses.</summary>
internal static class PauseWords
{
    /// <summary>«whole program», «Clicks, Keystrokes», «Clicks in United States».</summary>
    public static string Scope(PauseScope scope)
    {
        if (scope.IsWhole) return "whole program";
        var categories = scope.Categories.Count == 0 ? "everything" : string.Join(", ", scope.Categories.Select(DataCategories.Label));
        return scope.Regions.Count == 0 ? categories : $"{categories} in {string.Join(", ", scope.Regions.Select(Regions.Label))}";
    }
}
