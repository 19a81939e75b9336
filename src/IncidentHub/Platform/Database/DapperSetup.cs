using System.Data;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace IncidentHub.Platform.Database;

/// <summary>
/// How ids and times are stored. Dapper's handlers are process-wide, so each one reads the engine from the type of the parameter.
/// </summary>
internal static class DapperSetup
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";
    private static readonly Lock Gate = new();
    private static bool _done;

    public static void Apply()
    {
        lock (Gate)
        {
            if (_done) return;
            // Without this, Dapper ignores handlers for the types that it supports itself.
            SqlMapper.RemoveTypeMap(typeof(Guid));
            SqlMapper.RemoveTypeMap(typeof(Guid?));
            SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
            SqlMapper.RemoveTypeMap(typeof(DateTimeOffset?));
            SqlMapper.AddTypeHandler(typeof(Guid), new GuidHandler());
            SqlMapper.AddTypeHandler(typeof(DateTimeOffset), new TimeHandler());
            SqlMapper.AddTypeHandler(typeof(bool), new BoolHandler());
            _done = true;
        }
    }

    /// <summary>Fixed-width UTC text, so that text order is time order.</summary>
    public static string TimeText(DateTimeOffset value) => value.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>Sets the type of a parameter also where its value is null, so that SQL Server compares values of the same type.</summary>
    private abstract class Handler<T>(DbType sqlServer, DbType? sqlite) : SqlMapper.ITypeHandler
    {
        public void SetValue(IDbDataParameter parameter, object value)
        {
            var isSqlite = parameter is SqliteParameter;
            if ((isSqlite ? sqlite : sqlServer) is { } type) parameter.DbType = type;
            parameter.Value = value is T known ? isSqlite ? ToSqlite(known) : ToSqlServer(known) : value;
        }

        public object? Parse(Type destinationType, object value) => value is null or DBNull ? null : Read(value);

        protected abstract object ToSqlite(T value);

        protected abstract object ToSqlServer(T value);

        protected abstract object Read(object value);
    }

    private sealed class GuidHandler() : Handler<Guid>(DbType.Guid, DbType.String)
    {
        protected override object ToSqlite(Guid value) => value.ToString("D");

        protected override object ToSqlServer(Guid value) => value;

        protected override object Read(object value) => value is Guid guid ? guid : Guid.Parse((string)value);
    }

    private sealed class TimeHandler() : Handler<DateTimeOffset>(DbType.DateTimeOffset, DbType.String)
    {
        protected override object ToSqlite(DateTimeOffset value) => TimeText(value);

        protected override object ToSqlServer(DateTimeOffset value) => value.ToUniversalTime();

        protected override object Read(object value) => value is DateTimeOffset time
            ? time
            : DateTimeOffset.ParseExact((string)value, TimeFormat, CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
    }

    private sealed class BoolHandler() : Handler<bool>(DbType.Boolean, null)
    {
        protected override object ToSqlite(bool value) => value;

        protected override object ToSqlServer(bool value) => value;

        protected override object Read(object value) =>
            value is bool flag ? flag : Convert.ToInt64(value, CultureInfo.InvariantCulture) != 0;
    }
}
