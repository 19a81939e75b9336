using IncidentHub.Domain.Access;

namespace IncidentHub.Access.Identity;

/// <summary>The page after a sign-in.</summary>
internal static class FirstPage
{
    /// <summary>Executives start on the dashboard, everybody else on Home.</summary>
    public static string Of(Roles roles) => roles.HasFlag(Roles.Executive) ? "/dashboard" : "/";
}

/// <summary>The page that somebody wanted before the sign-in.</summary>
internal static class ReturnUrl
{
    /// <summary>Whether it is a page of this hub. Its addresses are percent-encoded.</summary>
    public static bool IsLocal(string url) => url is ['/', ..] && url.All(c => c is > ' ' and < '\x7f')
        && !url.StartsWith("//", StringComparison.Ordinal) && !url.StartsWith("/\\", StringComparison.Ordinal);
}
