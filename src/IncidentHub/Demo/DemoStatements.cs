using IncidentHub.Domain.Statements;
using IncidentHub.Response.Incidents;
using IncidentHub.Response.Statements;
using static IncidentHub.Demo.DemoScript;

namespace IncidentHub.Demo;

/// <summary>What is told to employees in the story: a statement with its first draft, and a question with its answer.</summary>
internal sealed class DemoStatements(
    StatementCommands statements, QuestionCommands questions, CollectionDrafts drafts, IncidentReader incidents)
{
    private const string Title = "Call notes were readable by the whole company";

    public void Write(DemoScript script, DateTimeOffset declared, Func<string> incident)
    {
        string code = "";
        Guid question = default;
        script.At(declared.AddHours(8), async tx =>
            code = Must(await statements.DraftAsync(tx, incident(), new(StatementAudience.Employees, Title,
                "Transcripts of support calls were readable by everybody in the company for several days. They no longer are."),
                Responder)));
        script.At(declared.AddHours(9), async tx =>
            Must(await statements.RunAsync(tx, code, new ReviseStatement(Title,
                "Transcripts of support calls were readable by everybody in the company for several days. They no longer are, and no new "
                    + "calls are recorded until this is decided. We are reading the access log to find out who opened them."), null,
                Responder)));
        script.At(declared.AddHours(10), async tx =>
            Must(await statements.RunAsync(tx, code, new PublishStatement(false), null, Privacy)));
        script.At(declared.AddHours(11), async tx =>
        {
            var (_, title, body) = await drafts.DraftAsync(tx, (await incidents.FindVisibleAsync(tx, Responder, incident()))!.Id);
            code = Must(await statements.DraftAsync(tx, incident(), new(StatementAudience.Collection, title, body), Responder));
        });
        script.At(declared.AddHours(12), async tx =>
            Must(await statements.RunAsync(tx, code, new PublishStatement(false), null, Privacy)));
        script.At(declared.AddHours(13), async tx =>
            question = Must(await questions.AskAsync(tx, incident(), "Were my own calls with customers among them?", Employee)).Id);
        script.At(declared.AddHours(15), async tx =>
            Must(await questions.RunAsync(tx, new(incident(), question), new AnswerQuestion(
                "If you took support calls with call notes switched on, yes. We write to everybody whose calls were opened by somebody "
                    + "outside the support team."), null, Privacy)));
    }
}
