//! A server process of its own, and a client that hides nothing.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
    time::Duration,
};

use serde_json::Value;

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_countersign");

pub struct Server {
    child: Child,
    pub port: u16,
    pub data: tempfile::TempDir,
}

impl Server {
    pub fn start() -> Server {
        Server::with("")
    }

    /// With the lines of a settings file.
    pub fn with(settings: &str) -> Server {
        let data = tempfile::tempdir().unwrap();
        std::fs::write(data.path().join("countersign.toml"), settings).unwrap();
        let mut child = command(&["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let port = lines.find_map(|line| line.rsplit_once("http://localhost:").map(|(_, port)| port.parse()));
        Server { child, port: port.unwrap().unwrap(), data }
    }

    pub fn token(&self, role: &str) -> String {
        let output =
            command(&["admin", "create-token", "--role", role, "--data"]).arg(self.data.path()).output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    pub fn first_password(&self) -> String {
        let text = std::fs::read_to_string(self.data.path().join("first-login.txt")).unwrap();
        text.lines().find_map(|line| line.strip_prefix("password: ")).unwrap().to_owned()
    }

    /// The cookie of a new session.
    pub fn sign_in(&self) -> String {
        let body = format!(r#"{{"email":"admin@localhost","password":"{}"}}"#, self.first_password());
        let answer = self.send("POST", "/api/session", &[("content-type", "application/json")], body.as_bytes());
        assert_eq!(answer.status, 204, "{}", answer.text());
        answer.header("set-cookie").unwrap().split(';').next().unwrap().to_owned()
    }

    /// HTTP/1.0, so that a body is everything up to the end.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut request = format!("{method} {path} HTTP/1.0\r\nhost: localhost:{}\r\n", self.port);
        for (name, value) in headers {
            request += &format!("{name}: {value}\r\n");
        }
        if !headers.iter().any(|(name, _)| *name == "content-length") {
            request += &format!("content-length: {}\r\n", body.len());
        }
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        stream.write_all(format!("{request}\r\n").as_bytes()).unwrap();
        // A server that refuses early need not take the whole body.
        let _ = stream.write_all(body);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        Answer::parse(&bytes)
    }

    pub fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send("GET", path, headers, b"")
    }

    pub fn graphql(&self, headers: &[(&str, &str)], body: &str) -> Answer {
        self.send("POST", "/graphql", &[&[("content-type", "application/json")], headers].concat(), body.as_bytes())
    }

    /// Asks the process to stop, and tells whether it went well.
    pub fn stop(&mut self) -> bool {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        self.child.wait().unwrap().success()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The program, without what the environment of whoever runs the tests says of settings.
pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("COUNTERSIGN_")) {
        command.env_remove(name);
    }
    // No pack: these tests read nothing, and start fast.
    command.env("COUNTERSIGN_CACHE", "/nowhere").args(arguments);
    command
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    head: String,
    pub body: Vec<u8>,
}

impl Answer {
    fn parse(bytes: &[u8]) -> Answer {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").expect("an answer with a head");
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head, body: bytes[end + 4..].to_vec() }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    /// Asserts a problem (RFC 9457) of this status and code.
    #[track_caller]
    pub fn is_problem(&self, status: u16, code: &str) {
        assert_eq!((self.status, self.header("content-type")), (status, Some("application/problem+json")), "{self:?}");
        let problem = self.json();
        assert_eq!(problem["code"], code);
        assert_eq!(problem["status"], status);
        assert_eq!(problem["requestId"].as_str(), self.header("x-request-id"));
    }
}
