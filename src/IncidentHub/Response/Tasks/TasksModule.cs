namespace IncidentHub.Response.Tasks;

internal static class TasksModule
{
    public static void AddTasks(this IServiceCollection services)
    {
        services.AddSingleton<TaskCommands>();
        services.AddSingleton<TaskQueries>();
        services.AddSingleton<TaskSnapshots>();
        services.AddSingleton<TaskRedactable>();
    }

    public static void MapTasks(this WebApplication app) => app.MapTaskApi();
}
