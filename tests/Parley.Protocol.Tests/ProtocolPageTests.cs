using System.Text;

namespace Parley.Protocol.Tests;

/// <summary>docs/protocol.md is what the tables in code say; <c>PARLEY_WRITE_DOCS=1</c> writes it anew.</summary>
public sealed class ProtocolPageTests
{
    [Fact]
    public void The_page_of_the_protocol_says_what_the_tables_say()
    {
        var path = Path.Combine(RepositoryRoot.Path, "docs/protocol.md");
        if (Environment.GetEnvironmentVariable("PARLEY_WRITE_DOCS") == "1") File.WriteAllText(path, Page());
        Assert.Equal(Page(), File.ReadAllText(path));
    }

    [Fact]
    public void Every_notification_that_has_a_schema_is_in_the_table()
    {
        var known = Notifications.Rows.SelectMany(row => new[] { row.V3Type, row.V2Type }).OfType<string>();
        Assert.Equal(Schemas.All.Where(e => e.Direction == SchemaDirection.Notification).Select(e => e.Type).Distinct().Order(), known.Order());
    }

    private static string Page()
    {
        var page = new StringBuilder("""
            # The protocol as it is served

            Generated from `Verbs` and `Notifications` in `src/Parley.Protocol`; do not edit. Each type has a JSON Schema in `src/Parley.Protocol/Schemas`; codes
            are in [codes.md](codes.md).

            Both families of names are understood on both sockets. What is sent has the shape of the connection: the third generation on
            `/ws_api/account/{account}/messaging/consumer?v=3`, the second on `.../messaging/brand/{bearer}?v=2` (or `2.1`) and on `.../messaging/consumer/{jwt}?v=2`.

            ## Requests

            | Request | Also | Who | Good answer on v3 | on v2 | What it does |
            |---|---|---|---|---|---|

            """);
        foreach (var row in Verbs.Rows)
        {
            page.Append($"| `{row.Names[0]}` | {string.Join(", ", row.Names.Skip(1).Select(n => $"`{n}`"))} | {(row.IsForAgents ? "agents" : "all")} ");
            page.Append($"| `{row.V3Response}` | `{row.V2Response}` | {row.Purpose} |\n");
        }

        page.Append("""

            An error is answered with `.ReqBody$ErrorResp` whatever was asked.

            ## Notifications

            | On v3 | On v2 | Who | What it tells |
            |---|---|---|---|

            """);
        foreach (var row in Notifications.Rows)
            page.Append($"| {(row.V3Type is { } type ? $"`{type}`" : "")} | `{row.V2Type}` | {(row.IsForAgents ? "agents" : "all")} | {row.Purpose} |\n");
        return page.ToString();
    }
}
