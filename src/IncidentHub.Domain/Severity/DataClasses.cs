namespace IncidentHub.Domain.Severity;

/// <summary>
/// The ENISA class of a data category. An unknown category counts as behavioural, because these programs record behaviour.
/// </summary>
public static class DataClasses
{
    private static readonly Dictionary<string, DataClass> Known = new()
    {
        ["contact-data"] = DataClass.Simple,
        ["clicks"] = DataClass.Behavioural,
        ["mouse-movements"] = DataClass.Behavioural,
        ["window-titles"] = DataClass.Behavioural,
        ["browsing-history"] = DataClass.Behavioural,
        ["location"] = DataClass.Behavioural,
        ["prompts"] = DataClass.Behavioural,
        ["performance-data"] = DataClass.Behavioural,
        // Behavioural, one step higher by their context: they contain what people said and typed in confidence.
        ["keystrokes"] = DataClass.Financial,
        ["screen-snapshots"] = DataClass.Financial,
        ["audio"] = DataClass.Financial,
        ["video"] = DataClass.Financial,
        ["transcriptions"] = DataClass.Financial,
        ["private-communications"] = DataClass.Financial,
        ["credentials"] = DataClass.Financial,
        ["financial-data"] = DataClass.Financial,
        ["health-data"] = DataClass.Sensitive,
    };

    /// <param name="category">A category's key, such as <c>screen-snapshots</c>.</param>
    public static DataClass Of(string category) => Known.GetValueOrDefault(category, DataClass.Behavioural);
}
