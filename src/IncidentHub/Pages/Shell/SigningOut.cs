namespace IncidentHub.Pages.Shell;

/// <summary>
/// Whether this page signs out: its form leads to the sign-in, and the end of the session must not lead there as well, with a way back.
/// </summary>
internal sealed class SigningOut
{
    public bool HasBegun { get; set; }
}
