namespace IncidentHub.Domain.AccessReviews;

/// <summary>Access logs whose shape is known.</summary>
public enum LogPreset { Plain, CloudTrail, BigQuery, Snowflake, Custom }

public enum LogFormat
{
    Csv,

    /// <summary>One object a line, an array of objects, or CloudTrail's <c>{"Records": […]}</c>.</summary>
    Json,
}

/// <summary>How the log writes times.</summary>
public enum LogTimes { Text, UnixSeconds, UnixMilliseconds }

/// <summary>
/// Where a row of the log has its values. An expression is the name of a column or the path of a member (<c>a.b</c>, <c>a[].b</c> for each
/// of a list); <c>a|b</c> takes the first that has a value, <c>a+b</c> joins two with a slash.
/// </summary>
/// <param name="Object">What was accessed; empty where the log does not say.</param>
/// <param name="Zone">The time zone of times without an offset, by its IANA name. Null: every time has its offset.</param>
public sealed record LogMapping(LogFormat Format, string Time, string Account, string Object, string Action, LogTimes Times, string? Zone)
{
    public const int MaxExpression = 300;

    /// <summary>The mapping of a preset. Null for <see cref="LogPreset.Custom"/>.</summary>
    public static LogMapping? Of(LogPreset preset, LogFormat? format, string? zone) => preset switch
    {
        LogPreset.Plain => new(format ?? LogFormat.Csv, "time", "account", "object", "action", LogTimes.Text, zone),
        LogPreset.CloudTrail => new(format ?? LogFormat.Json, "eventTime",
            "userIdentity.arn|userIdentity.sessionContext.sessionIssuer.arn|userIdentity.principalId|userIdentity.invokedBy",
            "requestParameters.bucketName+requestParameters.key", "eventName", LogTimes.Text, zone),
        LogPreset.BigQuery => new(format ?? LogFormat.Json, "timestamp", "protoPayload.authenticationInfo.principalEmail",
            "protoPayload.resourceName", "protoPayload.methodName|protoPayload.metadata.tableDataRead.reason", LogTimes.Text, zone),
        LogPreset.Snowflake => new(format ?? LogFormat.Csv, "QUERY_START_TIME", "USER_NAME",
            "DIRECT_OBJECTS_ACCESSED[].objectName|BASE_OBJECTS_ACCESSED[].objectName", "QUERY_TYPE|QUERY_ID", LogTimes.Text, zone),
        LogPreset.Custom => null,
    };

    /// <summary>Accounts that are no people, as the products of the presets name them.</summary>
    public static IReadOnlyList<string> ServicesOf(LogPreset preset) => preset switch
    {
        LogPreset.CloudTrail => ["*.amazonaws.com"],
        LogPreset.BigQuery => ["*.gserviceaccount.com"],
        LogPreset.Snowflake => ["SYSTEM"],
        LogPreset.Plain or LogPreset.Custom => [],
    };

    public Validation Check(Validation check)
    {
        check.Check(Enum.IsDefined(Format), "format", "Csv or Json.").Check(Enum.IsDefined(Times), "times", "Choose one of the values.")
            .Line(Time, "time", MaxExpression).Line(Account, "account", MaxExpression)
            .Line(Object, "object", MaxExpression, required: false).Line(Action, "action", MaxExpression, required: false)
            .Check(Zone is null || TimeZones.IsKnown(Zone), "timeZone",
                "There is no such time zone. Use a name such as Europe/Berlin or UTC.");
        return check;
    }
}
