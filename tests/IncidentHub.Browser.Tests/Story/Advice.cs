namespace IncidentHub.Browser.Tests.Story;

/// <summary>An opinion on the decision: requested, given with its document, read by whoever approves, and no approval.</summary>
internal static class Advice
{
    public static async Task ObjectAsync(Stage stage, Visitor privacy, Visitor owner)
    {
        await privacy.ClickAsync("Request…");
        await privacy.Dialog().ChooseAsync("Opinion of", "Data protection officer");
        await privacy.SendAsync("Request opinion");

        var officer = await stage.AsAsync("data-protection");
        await officer.GoAsync("/");
        await officer.Page.GetByRole(AriaRole.Link, new() { Name = "MCI: your opinion is requested on D-1" }).ClickAsync();
        await officer.ClickAsync("Give opinion…");
        await officer.Dialog().ChooseAsync("Position", "Objection");
        await officer.FillAsync(("Opinion", "The agents have not been told."));
        await officer.Dialog().GetByLabel("Document (optional)").SetInputFilesAsync(
            new FilePayload { Name = "opinion.txt", MimeType = "text/plain", Buffer = "The agents have not been told."u8.ToArray() });
        await officer.LookAsync("24a-opinion");
        await officer.SendAsync("Give opinion");
        await Assertions.Expect(officer.Page.Locator("#opinions")).ToContainTextAsync("opinion.txt");

        await stage.WaitAsync("the objection on the owner's page", owner.Page.Locator(".said").GetByText("1 objection"));
        await owner.ClickAsync("Approve as program owner");
        await Assertions.Expect(owner.Dialog()).ToContainTextAsync("1 objection: Data protection officer");
        await owner.LookAsync("24b-approve");
        await owner.SendAsync("Approve as program owner");
    }
}
