namespace IncidentHub.Browser.Tests.Forms;

/// <summary>A form, how to open it, and the inputs to test.</summary>
/// <param name="Openers">Buttons or menu items that open it, in order; none if the form is on the page itself.</param>
/// <param name="State">The API path of the edited object: a refused request must not change it.</param>
internal sealed record Form(string Name, string Account, string Path, string[] Openers, string Sender, string State, params Blow[] Blows)
{
    /// <summary>Whether the form is on the page itself, not in a dialog.</summary>
    public bool OnPage { get; init; } = Openers.Length == 0;

    /// <summary>Whether the submit button's name matches exactly; otherwise the name continues with the effect.</summary>
    public bool Exactly => Sender is not ("Declare" or "Publish version");

    public override string ToString() => Name;
}

/// <summary>One invalid input: the values by field label, and the field at which it must be refused.</summary>
/// <param name="At">The label of the field that must show the refusal; null if the form's notice shows it.</param>
/// <param name="Says">A part of the refusal's text.</param>
internal sealed record Blow(string? At, string Says, params (string Label, string Value)[] Put)
{
    /// <summary>A choice that is added to a list at once and cleared: a program to link.</summary>
    public const string Taken = "(taken) ";

    /// <summary>A choice in a group of cards, or a check box to select.</summary>
    public const string Chosen = "(chosen) ";
}
