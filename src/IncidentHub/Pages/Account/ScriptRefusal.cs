namespace IncidentHub.Pages.Account;

/// <summary>What <c>wwwroot/sign-in.js</c> says went wrong.</summary>
internal static class ScriptRefusal
{
    /// <param name="said">Field and text; no field where no field is meant. Null: nothing went wrong.</param>
    /// <param name="code">Where no field is meant.</param>
    public static Refusal? Of(string[]? said, string code) => said switch
    {
        [{ Length: > 0 } field, var text] => Refusal.Invalid(field, text),
        [_, var text] => Refusal.NotAllowed(code, text),
        _ => null,
    };
}
