using IncidentHub.Access.Identity;

namespace IncidentHub.Pages.SignIn;

/// <summary>What a page says of a sign-in with a provider that was refused, or of an account there that could not be linked.</summary>
internal static class ProviderFailureText
{
    public static string Of(ProviderFailure why, string provider, bool linking = false) => why switch
    {
        ProviderFailure.Denied => $"{provider} did not let you sign in, or you cancelled. Try again.",
        ProviderFailure.State => "This sign-in was not begun in this browser, took too long, or was completed before. Try again.",
        ProviderFailure.Unreachable => $"{provider} does not answer. Try again in a minute; if it stays so, ask an administrator.",
        ProviderFailure.Deactivated => "Your account here is deactivated. Ask an administrator.",
        ProviderFailure.Linked => $"That account at {provider} is linked with another person here. An administrator can unlink it.",
        _ => $"The answer of {provider} is not valid here. {(linking ? "Nothing was linked" : "Nobody was signed in")}. "
            + "Try again; if it stays so, ask an administrator.",
    };
}
