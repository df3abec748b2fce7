using Parley.Bench;

return await BenchCommands.Create().Parse(args).InvokeAsync();
