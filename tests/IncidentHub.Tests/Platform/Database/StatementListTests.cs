using System.Data;
using Dapper;
using IncidentHub.Platform.Database;
using Microsoft.Data.Sqlite;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using StatementList = IncidentHub.Platform.Database.StatementList;

namespace IncidentHub.Tests.Platform.Database;

public class StatementListTests
{
    [Fact]
    public async Task A_statement_runs_once_for_each_element_in_few_requests_and_all_rows_are_counted()
    {
        DapperSetup.Apply();
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync();
        await connection.ExecuteAsync("CREATE TABLE T (Id TEXT NOT NULL, Note TEXT NULL, At TEXT NULL, N INTEGER NOT NULL) STRICT");
        var rows = Enumerable.Range(0, 1_200)
            .Select(n => (Id: Guid.CreateVersion7(), Note: n % 2 == 0 ? null : $"@N {n}", N: n))
            .Select(r => new { r.Id, r.Note, At = (DateTimeOffset?)null, r.N, Not = 1 })
            .ToList();
        const string insert = "INSERT INTO T (Id, Note, At, N) VALUES (@Id, @Note, @At, @N)";
        var requests = StatementList.Requests(insert, StatementList.ElementsOf(rows)!).ToList();
        Assert.Equal(3, requests.Count);
        Assert.All(requests, r => Assert.InRange(r.Args.ParameterNames.Count(), 1, 2_100));
        var written = 0;
        foreach (var (text, args) in requests) written += await connection.ExecuteAsync(text, args);
        Assert.Equal(rows.Count, written);
        Assert.Equal(rows.Select(r => (r.N, r.Note)),
            (await connection.QueryAsync<(long N, string? Note)>("SELECT N, Note FROM T ORDER BY N")).Select(r => ((int)r.N, r.Note)));
        Assert.DoesNotContain("Not_0", requests[0].Args.ParameterNames);
    }

    [Theory]
    [InlineData(typeof(Guid?), DbType.Guid)]
    [InlineData(typeof(DateTimeOffset?), DbType.DateTimeOffset)]
    [InlineData(typeof(bool?), DbType.Boolean)]
    [InlineData(typeof(string), DbType.String)]
    [InlineData(typeof(long?), DbType.Int64)]
    public void A_null_has_the_type_of_its_property_so_that_SQL_Server_compares_values_of_one_type(Type property, DbType type)
    {
        Assert.Equal(type, StatementList.TypeOf(property));
        Assert.Throws<InvalidOperationException>(() => StatementList.TypeOf(typeof(TimeSpan?)));
    }

    [Fact]
    public void One_object_and_a_text_are_no_list()
    {
        Assert.Null(StatementList.ElementsOf(null));
        Assert.Null(StatementList.ElementsOf(new { Ids = new[] { 1, 2 } }));
        Assert.Null(StatementList.ElementsOf(new DynamicParameters()));
        Assert.Empty(StatementList.Requests("SELECT 1", []));
    }

    [Fact]
    public void Of_every_statement_a_list_of_two_is_T_SQL()
    {
        var statements = new Statements(Engine.SqlServer);
        foreach (var name in statements.Names.Where(n => statements.OptionsOf(n).Count == 0))
        {
            var (text, _) = Assert.Single(StatementList.Requests(statements.Get(name), [new { Id = 1 }, new { Id = 2 }]));
            new TSql150Parser(true).Parse(new StringReader(text), out var errors);
            Assert.True(errors.Count == 0, $"{name}: {text}");
        }
    }
}
