using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Parley.Server.Identity;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Admin.Api;

public sealed class UserTests(MessagingServer server)
{
    [Fact]
    public async Task A_user_is_added_read_and_logs_in_with_the_password_that_was_made()
    {
        var admin = await AdminDesk.OpenAsync(server);
        await admin.DoAsync("POST", "skills", """{"name":"sales","id":"1001"}""");
        await admin.DoAsync("POST", "skills", """{"name":"support"}""");

        var (status, added) = await admin.TryAsync(
            "POST", "users",
            """
            {"login":"ada","nickname":"Ada","fullName":"Ada Example","email":"ada@example.test","role":"manager","maxSlots":5,"employeeId":"E-1","userType":"bot",
            "pictureUrl":"https://example.test/a.png","description":"Shoes","skills":[{"id":"1002","priority":3},{"id":"1001"}]}
            """);

        Assert.Equal(201, status);
        var user = added!["user"]!;
        var expected = JsonNode.Parse(
            """
            {"login":"ada","nickname":"Ada","fullName":"Ada Example","role":"manager","maxSlots":5,
            "skills":[{"id":"1002","name":"support","priority":3},{"id":"1001","name":"sales","priority":1}],"enabled":true,"hasKeys":false,"userType":"bot",
            "email":"ada@example.test","pictureUrl":"https://example.test/a.png","backgroundUrl":null,"employeeId":"E-1","mobileNumber":null,"description":"Shoes"}
            """)!.AsObject();
        foreach (var (name, value) in expected) Assert.True(JsonNode.DeepEquals(value, user[name]), $"{name}: {user[name]?.ToJsonString()}");
        foreach (var id in new[] { "id", "pid", "userId" })
            Assert.Equal("ada", (string?)(await admin.GetAsync($"users/{(string)user[id]!}"))["login"]);
        Assert.Equal(2, (await admin.GetAsync("users"))["users"]!.AsArray().Count);
        Assert.Equal(200, await LoginAsync(admin.Account, "ada", (string)added["password"]!));

        var own = await admin.DoAsync("POST", "users", """{"login":"ben","password":"my own password","enabled":false}""");
        Assert.Equal((null, false, 3), ((string?)own["password"], (bool)own["user"]!["enabled"]!, (int)own["user"]!["maxSlots"]!));
        Assert.Equal(401, await LoginAsync(admin.Account, "ben", "my own password"));
        await admin.DoAsync("PATCH", $"users/{(string)own["user"]!["pid"]!}", """{"enabled":true}""");
        Assert.Equal(200, await LoginAsync(admin.Account, "ben", "my own password"));
    }

    [Fact]
    public async Task Members_of_a_user_change_all_or_none_and_routing_counts_the_new_ones()
    {
        var admin = await AdminDesk.OpenAsync(server);
        await admin.DoAsync("POST", "skills", """{"name":"sales"}""");
        var ada = (string)(await admin.DoAsync("POST", "users", """{"login":"ada","email":"ada@example.test"}"""))["user"]!["pid"]!;

        await admin.RefusedAsync(400, "skill 7", "PATCH", $"users/{ada}", """{"nickname":"Lost","maxSlots":9,"skills":[{"id":"7"}]}""");
        Assert.Equal(("ada", 3), Names(await admin.GetAsync($"users/{ada}")));
        var changed = await admin.DoAsync("PATCH", $"users/{ada}", """{"nickname":"Ada","email":"","maxSlots":9,"role":"manager","skills":[{"id":"1001","priority":2}]}""");

        Assert.Equal(("Ada", 9), Names(changed));
        Assert.Equal(("manager", null), ((string?)changed["role"], (string?)changed["email"]));
        var atWork = (await admin.GetAsync("routing/agents"))["agents"]!.AsArray().Single(a => (string?)a!["pid"] == ada)!;
        Assert.Equal((9, "1001", 2), ((int)atWork["maxSlots"]!, (string)atWork["skills"]![0]!["id"]!, (int)atWork["skills"]![0]!["priority"]!));
        Assert.Equal([], (await admin.DoAsync("PATCH", $"users/{ada}", """{"skills":[]}"""))["skills"]!.AsArray());

        static (string?, int) Names(JsonNode user) => ((string?)user["nickname"], (int)user["maxSlots"]!);
    }

    [Fact]
    public async Task Who_gets_a_lower_role_or_is_disabled_is_logged_out_and_his_sockets_are_closed()
    {
        var admin = await AdminDesk.OpenAsync(server);
        foreach (var change in new[] { """{"role":"agent"}""", """{"enabled":false}""" })
        {
            var login = await server.LoginAsync(admin.Account, AgentRole.Manager);
            await using var socket = await server.AgentAsync(admin.Account, login);
            await admin.DoAsync("PATCH", $"users/{socket.UserId}", """{"role":"admin"}""");
            await socket.CatchUpAsync();

            await admin.DoAsync("PATCH", $"users/{socket.UserId}", change);

            Assert.Equal(4401, (int)(await socket.ClosedAsync()).CloseCode!);
            Assert.Null(server.Server.Identity.Sessions.FindByBearer(admin.Account, (string)login["bearer"]!));
        }
    }

    [Fact]
    public async Task An_account_keeps_an_enabled_admin_unless_the_operator_says_otherwise()
    {
        var admin = await AdminDesk.OpenAsync(server);
        foreach (var change in new[] { """{"role":"manager"}""", """{"enabled":false}""" })
            await admin.RefusedAsync(409, "one enabled admin", "PATCH", $"users/{admin.Pid}", change);
        var second = await admin.AsAsync(AgentRole.Admin);
        await admin.DoAsync("PATCH", $"users/{second.Pid}", """{"role":"agent"}""");
        await admin.RefusedAsync(409, "one enabled admin", "PATCH", $"users/{admin.Pid}", """{"role":"agent"}""");

        Assert.Equal("agent", (string?)(await admin.AsOperator.DoAsync("PATCH", $"users/{admin.Pid}", """{"role":"agent"}"""))["role"]);
    }

    [Fact]
    public async Task A_new_password_ends_the_sessions_and_logs_in()
    {
        var admin = await AdminDesk.OpenAsync(server);
        var ada = await admin.DoAsync("POST", "users", """{"login":"ada"}""");
        var path = $"users/{(string)ada["user"]!["id"]!}/password";

        var made = (string)(await admin.DoAsync("POST", path, "{}"))["password"]!;
        Assert.Equal((401, 200), (await LoginAsync(admin.Account, "ada", (string)ada["password"]!), await LoginAsync(admin.Account, "ada", made)));
        Assert.Null((string?)(await admin.DoAsync("POST", path, """{"password":"chosen by ada"}"""))["password"]);
        Assert.Equal(200, await LoginAsync(admin.Account, "ada", "chosen by ada"));
        await admin.RefusedAsync(400, "8 characters", "POST", path, """{"password":"short"}""");
    }

    [Theory]
    [InlineData("POST", "users", "", 400, "JSON object")]
    [InlineData("POST", "users", "[]", 400, "JSON object")]
    [InlineData("POST", "users", "{}", 400, "JSON object")]
    [InlineData("POST", "users", """{"login":"a","login":"b"}""", 400, "login")]
    [InlineData("POST", "users", """{"login":"a","shoeSize":7}""", 400, "shoeSize")]
    [InlineData("POST", "users", """{"login":null}""", 400, "login")]
    [InlineData("POST", "users", """{"login":"a b"}""", 400, "no blanks")]
    [InlineData("POST", "users", """{"login":"taken"}""", 409, "taken")]
    [InlineData("POST", "users", """{"login":"a","password":"short"}""", 400, "8 characters")]
    [InlineData("POST", "users", """{"login":"a","role":"king"}""", 400, "role")]
    [InlineData("POST", "users", """{"login":"a","role":2}""", 400, "role")]
    [InlineData("POST", "users", """{"login":"a","maxSlots":"5"}""", 400, "maxSlots")]
    [InlineData("POST", "users", """{"login":"a","maxSlots":-1}""", 400, "0 to 10000")]
    [InlineData("POST", "users", """{"login":"a","maxSlots":10001}""", 400, "0 to 10000")]
    [InlineData("POST", "users", """{"login":"a","skills":{"id":"1001"}}""", 400, "skills")]
    [InlineData("POST", "users", """{"login":"a","skills":["1001"]}""", 400, "skills")]
    [InlineData("POST", "users", """{"login":"a","skills":[null]}""", 400, "skills")]
    [InlineData("POST", "users", """{"login":"a","skills":[{"id":1001}]}""", 400, "skills[0].id")]
    [InlineData("POST", "users", """{"login":"a","skills":[{"id":"1001,1001"}]}""", 400, "skills are like")]
    [InlineData("POST", "users", """{"login":"a","skills":[{"id":"1001"},{"id":"1001"}]}""", 400, "twice")]
    [InlineData("POST", "users", """{"login":"a","skills":[{"id":"1001","priority":0}]}""", 400, "priority")]
    [InlineData("POST", "users", """{"login":"a","skills":[{"id":"1001","priority":1001}]}""", 400, "priority")]
    [InlineData("POST", "users", """{"login":"a","skills":[{"id":"9"}]}""", 400, "skill 9")]
    [InlineData("POST", "users", """{"login":"a","email":"nowhere"}""", 400, "mail")]
    [InlineData("POST", "users", """{"login":"a","userType":"system"}""", 400, "human or bot")]
    [InlineData("PATCH", "users/{taken}", """{"login":"b"}""", 400, "login")]
    [InlineData("PATCH", "users/{taken}", """{"pictureUrl":"javascript:alert(1)"}""", 400, "https")]
    [InlineData("PATCH", "users/nobody", """{"nickname":"x"}""", 404, "no such user")]
    [InlineData("PATCH", "users/{stranger}", """{"nickname":"x"}""", 404, "no such user")]
    [InlineData("GET", "users/{stranger}", null, 404, "no such user")]
    [InlineData("GET", "users/nobody", null, 404, "no such user")]
    [InlineData("POST", "users/{stranger}/password", "{}", 404, "no such user")]
    [InlineData("POST", "users/{taken}/password", """{"password":5}""", 400, "password")]
    public async Task What_makes_no_sense_is_refused_in_words(string method, string path, string? body, int status, string words)
    {
        var admin = await AdminDesk.OpenAsync(server);
        await admin.DoAsync("POST", "skills", """{"name":"sales"}""");
        var taken = await admin.DoAsync("POST", "users", """{"login":"taken"}""");
        path = path.Replace("{taken}", (string)taken["user"]!["pid"]!).Replace("{stranger}", (await AdminDesk.OpenAsync(server)).Pid);

        await admin.RefusedAsync(status, words, method, path, body);

        Assert.Equal(2, (await admin.GetAsync("users"))["users"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        var admin = await AdminDesk.OpenAsync(server);
        await admin.RefusedAsync(413, "too large", "POST", "users", $$"""{"login":"{{new string('x', 70_000)}}"}""");
    }

    private async Task<int> LoginAsync(string account, string username, string password)
    {
        using var answer = await server.Http.PostAsJsonAsync($"/api/account/{account}/login?v=1.3", new { username, password });
        return (int)answer.StatusCode;
    }
}
