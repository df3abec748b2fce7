using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Parley.Protocol;
using Parley.Server.Identity;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Profiles;

public sealed class ProfileTests(MessagingServer server)
{
    private const string Get = "userprofile.GetUserProfile";
    private const string GetV2 = ".ams.userprofile.GetUserProfile";
    private const string GetArray = "up.GetUserProfile";
    private const string Set = "userprofile.SetUserProfile";
    private const string SetV2 = ".ams.userprofile.SetUserProfile";

    private const string Ada =
        """{"firstName":"Ada","lastName":"Example","userId":"","privateData":{"mail":"ada@example.test","mobileNum":12,"pushNotificationData":{"serviceName":"fcm","certName":"c","token":"device-1"}},"authenticatedData":{"lp_sdes":[{"type":"ctmrinfo","info":{"customerId":"K-17"}}]},"shoeSize":{"eu":38}}""";

    [Theory]
    [InlineData("?v=3", Set, Get, "userprofile.GetUserProfileResponse")]
    [InlineData("?v=3", SetV2, GetV2, "userprofile.GetUserProfileResponse")]
    [InlineData("?v=2", SetV2, GetV2, ".ams.userprofile.GetUserProfile$Response")]
    public async Task A_consumer_reads_what_he_set_in_both_dialects(string query, string set, string get, string type)
    {
        var account = await server.NewAccountAsync();
        await using var consumer = await ConsumerAsync(account, query);

        var answer = await consumer.DoAsync(set, Ada);
        var own = await consumer.DoAsync(get);

        Assert.Equal((200, ".ReqBody$StringResp", "OK User Profile set successfully"), (answer.Code, answer.Type, (string?)answer.Body));
        Assert.Equal(type, own.Type);
        AssertJson(
            """{"firstName":"Ada","lastName":"Example","avatarUrl":"","role":"","backgndImgUri":"","description":"","privateData":{"mail":"ada@example.test","mobileNum":"12","pushNotificationData":{"serviceName":"fcm","certName":"c","token":"device-1"}},"authenticatedData":{"lp_sdes":[{"type":"ctmrinfo","info":{"customerId":"K-17"}}]},"shoeSize":{"eu":38}}""",
            own.Body!, userId: consumer.UserId);
    }

    [Fact]
    public async Task Nothing_set_is_a_whole_profile_of_empty_texts()
    {
        await using var consumer = await server.ConsumerAsync("demo");

        var own = await consumer.DoAsync(Get);

        AssertJson(
            """{"firstName":"","lastName":"","avatarUrl":"","role":"","backgndImgUri":"","description":"","privateData":{"mail":"","mobileNum":"","pushNotificationData":{"serviceName":"","certName":"","token":""}},"authenticatedData":{"lp_sdes":[]}}""",
            own.Body!, userId: consumer.UserId);
    }

    [Fact]
    public async Task Members_given_replace_those_stored_null_takes_away_and_the_others_stay()
    {
        await using var consumer = await server.ConsumerAsync("demo");
        await consumer.DoAsync(Set, Ada);

        await consumer.DoAsync(Set, """{"lastName":"Other","firstName":null,"privateData":{"mail":"new@example.test"},"shoeSize":{"us":7}}""");
        await consumer.DoAsync(Set, "{}");

        var own = (await consumer.DoAsync(Get)).Body!;
        Assert.Equal(("", "Other"), ((string?)own["firstName"], (string?)own["lastName"]));
        Assert.Equal(("new@example.test", "12", "device-1"), ((string?)own["privateData"]!["mail"], (string?)own["privateData"]!["mobileNum"], (string?)own["privateData"]!["pushNotificationData"]!["token"]));
        Assert.Equal("""{"eu":38,"us":7}""", own["shoeSize"]!.ToJsonString());
        Assert.Single(own["authenticatedData"]!["lp_sdes"]!.AsArray());
    }

    [Fact]
    public async Task Requests_behind_one_on_the_same_socket_read_what_it_wrote()
    {
        await using var consumer = await server.ConsumerAsync("demo");

        for (var i = 0; i < 5; i++)
        {
            await consumer.SendAsync(WireClient.Request($"s{i}", Set, $$"""{"firstName":"{{i}}"}"""));
            await consumer.SendAsync(WireClient.Request($"g{i}", Get));
        }

        for (var i = 0; i < 5; i++) Assert.Equal($"{i}", (string?)(await consumer.AnswerAsync($"g{i}")).Body!["firstName"]);
    }

    [Fact]
    public async Task Nobody_vouches_for_himself()
    {
        await using var consumer = await server.ConsumerAsync("demo");

        await consumer.DoAsync(Set, """{"claims":{"iss":"https://bank.example.test","lp_sdes":[]},"acr":"loa3","authenticatedData":{"lp_sdes":{"type":"personal","auth":{"iss":"https://bank.example.test"},"iss":"x","acr":"loa3","personal":{"firstname":"Ada"}}}}""");

        var own = (await consumer.DoAsync(Get)).Body!;
        Assert.Null(own["claims"]);
        Assert.Null(own["acr"]);
        Assert.Equal("""[{"type":"personal","personal":{"firstname":"Ada"}}]""", own["authenticatedData"]!["lp_sdes"]!.ToJsonString());
    }

    [Theory]
    [InlineData("[]", "body must be an object")]
    [InlineData("\"text\"", "body must be an object")]
    [InlineData("null", "body must be an object")]
    [InlineData("""{"firstName":{}}""", "firstName must be text")]
    [InlineData("""{"privateData":[]}""", "privateData must be an object")]
    [InlineData("""{"privateData":{"mail":true}}""", "privateData.mail must be text")]
    [InlineData("""{"privateData":{"pushNotificationData":"x"}}""", "privateData.pushNotificationData must be an object")]
    [InlineData("""{"privateData":{"pushNotificationData":{"token":[]}}}""", "privateData.pushNotificationData.token must be text")]
    [InlineData("""{"authenticatedData":7}""", "authenticatedData must be an object")]
    [InlineData("""{"authenticatedData":{"lp_sdes":"x"}}""", "authenticatedData.lp_sdes[0] must be an object")]
    [InlineData("""{"authenticatedData":{"lp_sdes":[{"type":"ctmrinfo"},{}]}}""", "authenticatedData.lp_sdes[1].type must be text")]
    [InlineData("""{"x":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}""", "body is nested deeper than 16 levels")]
    public async Task What_would_break_a_reader_is_refused_by_name(string body, string details)
    {
        await using var consumer = await server.ConsumerAsync("demo");

        var answer = await consumer.RequestAsync(Set, body);

        Assert.Equal((400, details), (answer.Code, (string?)answer.Body!["details"]));
        await consumer.DoAsync(Set, """{"firstName":"Ada"}""");
    }

    [Fact]
    public async Task A_member_that_is_repeated_counts_once()
    {
        await using var consumer = await server.ConsumerAsync("demo");

        await consumer.DoAsync(Set, """{"x":{"a":1,"a":2},"firstName":"A","firstName":"B"}""");

        var own = (await consumer.DoAsync(Get)).Body!;
        Assert.Equal(("B", 2), ((string?)own["firstName"], (int)own["x"]!["a"]!));
    }

    [Fact]
    public async Task A_profile_grows_only_so_large()
    {
        await using var consumer = await server.ConsumerAsync("demo");
        var half = new string('x', ConsumerProfiles.Largest / 2);
        await consumer.DoAsync(Set, $$"""{"a":"{{half}}"}""");

        var answer = await consumer.RequestAsync(Set, $$"""{"b":"{{half}}"}""");

        Assert.Equal(400, answer.Code);
        Assert.Null((await consumer.DoAsync(Get)).Body!["b"]);
        await consumer.DoAsync(Set, $$"""{"a":null,"b":"{{half}}"}""");
    }

    [Fact]
    public async Task Only_a_consumer_sets_a_profile_and_only_his_own()
    {
        await using var agent = await server.AgentAsync("demo");
        await using var consumer = await server.ConsumerAsync("demo");
        await using var stranger = await server.StrangerAsync("demo");

        Assert.Equal(401, (await agent.RequestAsync(SetV2, """{"firstName":"x"}""")).Code);
        Assert.Equal(401, (await stranger.RequestAsync(Set, """{"firstName":"x"}""")).Code);
        Assert.Equal(403, (await consumer.RequestAsync(Set, """{"userId":"somebody","firstName":"x"}""")).Code);
        await consumer.DoAsync(Set, $$"""{"userId":"{{consumer.UserId}}","firstName":"x"}""");
    }

    [Fact]
    public async Task A_consumer_reads_nobody_elses_profile()
    {
        var account = await server.NewAccountAsync();
        await using var talk = await server.TalkAsync(account);
        await using var other = await server.ConsumerAsync(account);

        foreach (var id in new[] { other.UserId, talk.Agent.UserId, talk.Agent.OldId, "nobody" })
        {
            Assert.Equal(403, (await talk.Consumer.RequestAsync(Get, $$"""{"userId":"{{id}}"}""")).Code);
            Assert.Equal(403, (await talk.Consumer.RequestAsync(GetArray, $"\"{id}\"")).Code);
        }

        Assert.Equal(400, (await talk.Consumer.RequestAsync(Get, """{"userId":["x"]}""")).Code);
    }

    [Theory]
    [InlineData(Get)]
    [InlineData(GetV2)]
    public async Task An_agent_reads_the_profile_of_a_consumer_he_talks_with_but_not_the_address_of_his_device(string get)
    {
        await using var talk = await server.TalkAsync(await server.NewAccountAsync());
        await talk.Consumer.DoAsync(Set, Ada);

        foreach (var body in new[] { $"\"{talk.Consumer.UserId}\"", $$"""{"userId":"{{talk.Consumer.UserId}}"}""" })
        {
            var answer = await talk.Agent.DoAsync(get, body);
            Assert.Equal(GetV2 + "$Response", answer.Type);
            Assert.Equal((talk.Consumer.UserId, "Ada", "ada@example.test"), ((string?)answer.Body!["userId"], (string?)answer.Body["firstName"], (string?)answer.Body["privateData"]!["mail"]));
            Assert.Equal("""{"serviceName":"","certName":"","token":""}""", answer.Body["privateData"]!["pushNotificationData"]!.ToJsonString());
        }
    }

    [Fact]
    public async Task An_agent_may_look_before_he_accepts_a_ring_and_not_after_he_refused()
    {
        var account = await server.NewAccountAsync();
        await using var consumer = await server.ConsumerAsync(account);
        await using var agent = await server.AgentAsync(account);
        await using var idle = await server.AgentAsync(account);
        await agent.DoAsync(".ams.routing.SubscribeRoutingTasks");
        await agent.DoAsync(".ams.routing.SetAgentState", """{"availability":"ONLINE"}""");
        await Talk.OpenConversationAsync(consumer);
        var ring = (await agent.NotificationAsync(".ams.routing.RoutingTaskNotification", f => f.Change is not null)).Change!["result"]!["ringsDetails"]![0]!;

        Assert.Equal(200, (await agent.RequestAsync(GetV2, $"\"{consumer.UserId}\"")).Code);
        Assert.Equal(404, (await idle.RequestAsync(GetV2, $"\"{consumer.UserId}\"")).Code);
        await agent.DoAsync(".ams.routing.UpdateRingState", $$"""{"ringId":"{{(string)ring["ringId"]!}}","ringState":"REJECTED"}""");
        await agent.NotificationAsync(".ams.routing.RoutingTaskNotification", f => (string?)f.Change?["result"]?["ringsDetails"]?[0]?["ringState"] == "REJECTED");
        Assert.Equal(404, (await agent.RequestAsync(GetV2, $"\"{consumer.UserId}\"")).Code);
    }

    [Fact]
    [ClientRule(17)]
    public async Task A_consumer_who_is_none_of_his_business_does_not_exist_for_an_agent()
    {
        var account = await server.NewAccountAsync();
        await using var talk = await server.TalkAsync(account);
        await using var silent = await server.ConsumerAsync(account);
        await using var colleague = await server.AgentAsync(account);
        await using var manager = await server.AgentAsync(account, AgentRole.Manager);
        await using var foreign = await server.AgentAsync(await server.NewAccountAsync(), AgentRole.Manager);

        foreach (var (agent, user, code) in new[]
        {
            (colleague, talk.Consumer.UserId, 404), (foreign, talk.Consumer.UserId, 404), (foreign, talk.Agent.UserId, 404), (manager, talk.Consumer.UserId, 200),
            (manager, "nobody", 404), (manager, silent.UserId, 404),
        })
        {
            var answer = await agent.RequestAsync(GetV2, $"\"{user}\"");
            Assert.Equal((code, code == 200 ? GetV2 + "$Response" : ".ReqBody$ErrorResp"), (answer.Code, answer.Type));
        }

        await silent.DoAsync(Set, """{"firstName":"Here"}""");
        Assert.Equal("Here", (string?)(await manager.DoAsync(GetV2, $"\"{silent.UserId}\"")).Body!["firstName"]);
        Assert.Equal(404, (await colleague.RequestAsync(GetV2, $"\"{silent.UserId}\"")).Code);
    }

    [Fact]
    [CompatibilityRule(13)]
    public async Task An_agents_own_profile_names_his_old_id_and_colleagues_see_no_mail()
    {
        var account = await server.NewAccountAsync();
        await using var agent = await server.AgentAsync(account);
        await using var colleague = await server.AgentAsync(account);
        var agents = server.Server.Identity.Agents;
        await agents.ChangeAsync(agents.Find(account, agent.UserId)!, new Dictionary<string, string>
        {
            ["nickname"] = "Bo", ["email"] = "bo@example.test", ["pictureUrl"] = "https://example.test/bo.png",
        });

        var own = (await agent.DoAsync(GetV2)).Body!;
        Assert.Equal((agent.OldId, "Bo", "bo@example.test", "https://example.test/bo.png"), ((string?)own["userId"], (string?)own["firstName"], (string?)own["privateData"]!["mail"], (string?)own["avatarUrl"]));
        foreach (var id in new[] { agent.UserId, agent.OldId })
        {
            var seen = (await colleague.DoAsync(GetV2, $"\"{id}\"")).Body!;
            Assert.Equal((agent.OldId, "Bo", ""), ((string?)seen["userId"], (string?)seen["firstName"], (string?)seen["privateData"]!["mail"]));
        }
    }

    [Fact]
    public async Task The_array_form_says_of_each_element_whether_somebody_vouches_for_it()
    {
        await using var talk = await server.TalkAsync(await server.NewAccountAsync());
        await talk.Consumer.DoAsync(Set, Ada);

        foreach (var reader in new[] { talk.Consumer, talk.Agent })
        {
            var answer = await reader.DoAsync(GetArray, $"\"{talk.Consumer.UserId}\"");
            Assert.Equal("up.GetUserProfile$Response", answer.Type);
            Assert.Equal(
                """[{"type":"ctmrinfo","info":{"customerId":"K-17"},"auth":{}},{"type":"ctmrinfo","info":{"imei":"12"}},{"type":"personal","personal":{"firstname":"Ada","lastname":"Example","contacts":[{"email":"ada@example.test","phone":"12"}]}}]""",
                answer.Body!.ToJsonString());
        }

        Assert.Equal("userprofile.GetUserProfileResponse", (await talk.Consumer.DoAsync(GetArray)).Type);
    }

    [Fact]
    public async Task A_profile_survives_a_restart_and_is_of_one_account()
    {
        var folder = Directory.CreateTempSubdirectory("parley-profiles-").FullName;
        var path = Path.Combine(folder, "accounts.db");
        using (var first = await IdentityServices.OpenAsync(path, new IdentityOptions(), "localhost", TimeProvider.System))
        {
            await first.Profiles.ChangeAsync("demo", "c", new JsonObject { ["firstName"] = "Ada" });
        }

        using (var second = await IdentityServices.OpenAsync(path, new IdentityOptions(), "localhost", TimeProvider.System))
        {
            Assert.Equal("Ada", (string?)(await second.Profiles.FindAsync("demo", "c"))!["firstName"]);
            Assert.Null(await second.Profiles.FindAsync("other", "c"));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task While_the_store_has_trouble_nothing_is_claimed_to_be_set_and_the_socket_lives()
    {
        var folder = Directory.CreateTempSubdirectory("parley-profiles-").FullName;
        await using (var own = await MessagingServer.StartAsync(options => options.Data = folder))
        {
            await using var consumer = await own.ConsumerAsync("demo");
            await RunAsync("ALTER TABLE profiles RENAME TO away");
            Assert.Equal(503, (await consumer.RequestAsync(Set, """{"firstName":"Ada"}""")).Code);
            Assert.Equal(503, (await consumer.RequestAsync(Get)).Code);
            await RunAsync("ALTER TABLE away RENAME TO profiles");
            await consumer.DoAsync(Set, """{"lastName":"Example"}""");
            var profile = (await consumer.DoAsync(Get)).Body!;
            Assert.Equal(("", "Example"), ((string?)profile["firstName"], (string?)profile["lastName"]));
        }

        Directory.Delete(folder, recursive: true);

        async Task RunAsync(string sql)
        {
            await using var db = new SqliteConnection($"Data Source={Path.Combine(folder, "accounts.db")};Pooling=False");
            await db.OpenAsync();
            await using var command = db.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync();
        }
    }

    private async Task<WireClient> ConsumerAsync(string account, string query)
    {
        var jwt = await server.SignupAsync(account);
        if (query == "?v=3") return await server.ConsumerAsync(account, jwt);
        var socket = await server.OpenAsync($"/ws_api/account/{account}/messaging/consumer/{jwt}{query}");
        return new WireClient(socket, Dialect.V2) { UserId = MessagingServer.SubjectOf(jwt) };
    }

    private static void AssertJson(string expected, JsonNode actual, string userId)
    {
        var whole = JsonNode.Parse(expected)!;
        whole["userId"] = userId;
        Assert.True(JsonNode.DeepEquals(whole, actual), actual.ToJsonString());
    }
}
