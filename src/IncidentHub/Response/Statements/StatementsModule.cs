using IncidentHub.Platform.Database;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.Statements;

internal static class StatementsModule
{
    public static void AddStatements(this IServiceCollection services)
    {
        services.AddSingleton<StatementCommands>();
        services.AddSingleton<StatementQueries>();
        services.AddSingleton<CollectionDrafts>();
        services.AddSingleton<StatementRedactable>();
        services.AddSingleton<QuestionCommands>();
        services.AddSingleton<NoticeQueries>();
        services.AddEventHandler<IncidentMergedInto, StatementsOfMergedIncidents>();
    }

    public static void MapStatements(this WebApplication app)
    {
        app.MapStatementApi();
        app.MapNoticeApi();
    }
}
